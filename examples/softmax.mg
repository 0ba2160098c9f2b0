# Softmax with temperature: how the probabilities move with the logits.
# First from its definition, entry by entry, then with the function itself.

z in R^n; tau > 0

S = sum_j exp(z[j]/tau)            # the sum in the denominator
y[i] = exp(z[i]/tau)/S

jacobian(y, z)
jacobian(y, z)[i,k]

p = softmax(z/tau)
jacobian(p, z)[i,k] by cases

check p == y
check jacobian(y, z) == (1/tau)*(diag(y) - y*y')
check sum(y) == 1
