# A batch of N examples, one per row: softmax row by row, biases added to every row.

X in R^(N x Dx)
W1 in R^(Dx x Dh); b1 in R^(1 x Dh)
W2 in R^(Dh x Dy); b2 in R^(1 x Dy)
Y in R^(N x Dy), onehot

H = sigmoid(X*W1 + b1)
theta = H*W2 + b2
Yh = softmax(theta)
J = -sum(Y.*log(Yh))

grad(J, theta)
grad(J, b2)
grad(J, W2)
grad(J, H)
grad(J, b1)
grad(J, W1)
