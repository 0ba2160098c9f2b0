# Affine least squares: half the squared length of the residual r.

A in R^(d x m); x in R^m
b, t in R^d

r = A*x + b - t
f = 1/2*norm2(r)^2

grad(f, r)
grad(f, A)
grad(f, A[i,j])
grad(f, b)
grad(f, x)
hessian(f, x)
jacobian(r, b)

check grad(f, A) == (A*x + b - t)*x'
