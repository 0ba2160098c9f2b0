# Scaling a vector does not change its direction.

u in R^n, nonzero
a > 0
b < 0

check (a*u)/norm2(a*u) == u/norm2(u)
check (b*u)/norm2(b*u) == -u/norm2(u)

jacobian(u/norm2(u), u)
