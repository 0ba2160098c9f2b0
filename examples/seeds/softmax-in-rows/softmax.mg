# Softmax of a row, and its products with a row v from the left.

x, v in R^(1 x N)
c in R
s = softmax(x)

jacobian(s, x)
jacobian(s, x)[i,j] by cases
v*jacobian(s, x)
(v*jacobian(s, x))[i]

# The logarithm of it.
jacobian(log(softmax(x)), x)
jacobian(log(softmax(x)), x)[i,j] by cases
v*jacobian(log(softmax(x)), x)

# What makes it stable: a shift does not change it.
check softmax(x + c) == softmax(x)
check log(softmax(x)) == x - logsumexp(x)
