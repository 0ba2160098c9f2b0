# The chain rule through a function that nothing is known about.

f : R^m -> R^n
s in R^m; y in R^n

r = f(s) - y
h = 1/2*norm2(r)^3

grad(h, s)
