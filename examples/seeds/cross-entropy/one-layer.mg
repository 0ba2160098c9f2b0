# Cross-entropy behind a softmax, and one hidden layer before it; everything in rows.

x in R^(1 x Dx)
W1 in R^(Dx x Dh); b1 in R^(1 x Dh)
W2 in R^(Dh x Dy); b2 in R^(1 x Dy)
y in R^(1 x Dy), onehot

h = sigmoid(x*W1 + b1)
theta = h*W2 + b2
yh = softmax(theta)
J = -sum(y.*log(yh))

grad(J, theta)
grad(J, x)

check grad(J, theta) == yh - y
