# Slices, shifts, ranges and conditions on indices.
x in R^n; a in R

# Total variation, squared: differences of neighbours.
grad(sum_{i=1..n-1}((x[i+1] - x[i])^2), x)

# A convolution with a bias: by its weights, its bias, its input.
w in R^k; r in R^(m+k-1); t in R^m
y[i=1..m] = sum_j(w[j]*r[i+j-1]) + a
L = 1/2*norm2(y - t)^2
grad(L, w)
grad(L, a)
grad(L, r)

# Causal attention: position i looks at those up to i.
Q in R^(n x d); K in R^(n x d); V in R^(n x d)
S = Q*K'/sqrt(d)
E = tril(exp(S))
diag(1./sum(E, 2))*E*V

# Every pair once, and a running sum.
grad(sum_{i < j}((x[i] - x[j])^2), x)
grad(1/2*norm2(cumsum(x) - (1:n)')^2, x)
check cumsum(x)[n] == sum(x)

# A stack with a part left out of the derivative.
grad(logsumexp([a; x]), x)
