# Scaled dot-product attention: one query per row of Q, softmax row by row.

Q in R^(n x d); K in R^(m x d); V in R^(m x e)
G in R^(n x e)                    # what flows back

P = softmax(Q*K'/sqrt(d))
O = P*V
f = sum(G.*O)

grad(f, V)
grad(f, Q)
grad(f, K)
