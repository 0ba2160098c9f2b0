# Several labels per example: one sigmoid for each, binary cross-entropy.

z, t in R^n
p = sigmoid(z)
L = -sum(t.*log(p) + (1 - t).*log(1 - p))

grad(L, z)
check grad(L, z) == p - t
