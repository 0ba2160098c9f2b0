# Ridge regression: gradient and Hessian.

X in R^(n x p); y in R^n
w in R^p; lambda > 0

f = norm2(X*w - y)^2 + lambda*norm2(w)^2

grad(f, w)
hessian(f, w)

check grad(f, w) == 2*(X'*X + lambda*I)*w - 2*X'*y
