# tanh from its definition: the quotient rule.

x in R
f = (exp(x) - exp(-x))/(exp(x) + exp(-x))

grad(f, x)
check grad(f, x) == 1 - tanh(x)^2
