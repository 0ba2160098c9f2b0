# What matgrad refuses, and why: J_f is n x m and r is n x 1, so a transpose is missing.

f : R^m -> R^n
s in R^m; y in R^n

r = f(s) - y
h = 1/2*norm2(r)^3

check grad(h, s) == 3/2*norm2(r)*J_f*r
