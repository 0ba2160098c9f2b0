# A network with one hidden layer and a squared loss; a column is one example.

x in R^p; t in R^q
W1 in R^(h x p); b1 in R^h
W2 in R^(q x h); b2 in R^q

a = tanh(W1*x + b1)
y = W2*a + b2
L = 1/2*norm2(y - t)^2

grad(L, W1, b1, W2, b2)
