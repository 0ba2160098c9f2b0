# Word vectors: U holds one outer vector per row, v is the centre word, o the word that was seen.

U in R^(W x d); v in R^d
y in R^W, onehot at o

yh = softmax(U*v)
J = -log(yh[o])

check -sum(y.*log(yh)) == -log(yh[o])

grad(J, v)
grad(J, v) at yh = y
grad(J, U)
grad(J, U[w,:])
grad(J, U[w,:]) by cases
