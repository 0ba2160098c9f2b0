# Softmax on R^k: the diagonal of the Jacobian and the rest.

x in R^k
Z = sum_l exp(x[l])
S[i] = exp(x[i])/Z

jacobian(S, x)
jacobian(S, x)[i,j] by cases
