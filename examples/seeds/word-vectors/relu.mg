# A layer with relu, in rows. Its kink at z = 0 is left out.

x in R^(1 x m)
W in R^(m x n); b in R^(1 x n)

z = x*W + b
h = relu(z)

jacobian(h, x)
jacobian(h, x)[i,j]
