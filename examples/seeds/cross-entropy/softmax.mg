# The gradient in the logits: by cases for a one-hot label, and for any label.

theta in R^n
y in R^n, onehot at t
w in R^n                  # any weights

yh = softmax(theta)
J = -sum(y.*log(yh))
K = -sum(w.*log(yh))

grad(J, theta)[k] by cases
grad(K, theta)
