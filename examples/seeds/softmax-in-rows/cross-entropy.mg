# Cross-entropy of a row of probabilities, and of a row of log-probabilities.

t in R^(1 x N)
z in R^(1 x N)          # probabilities
q in R^(1 x N)          # their logarithms

l = -sum(t.*log(z))
grad(l, z)

k = -sum(t.*q)
grad(k, q)
