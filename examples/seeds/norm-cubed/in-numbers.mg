# The same for a concrete function, and exactly at a point.

s in R^2; y in R^3
f(s) = [s[1]*s[2]; s[1]^2 + s[2]^2; s[1]]

r = f(s) - y
h = 1/2*norm2(r)^3

jacobian(f, s)
jacobian(f, s) at s = [1; 2]
grad(h, s) at s = [1; 2], y = [1; 1; 1]
