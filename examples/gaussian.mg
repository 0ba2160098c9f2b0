# The log-likelihood of one observation x under a Gaussian with mean mu and covariance S.

x, mu in R^n
S in R^(n x n), spd

L = -1/2*(x - mu)'*inv(S)*(x - mu) - 1/2*logdet(S)

grad(L, mu)
grad(L, S)
hessian(L, mu)
