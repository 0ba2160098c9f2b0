# The derivative of the sigmoid, as one document prints it, is wrong: compare the first claim with the others.

x in R

check grad(sigmoid(x), x) == sigmoid(x)*sigmoid(1 - x)
check grad(sigmoid(x), x) == sigmoid(x)*(1 - sigmoid(x))
check grad(sigmoid(x), x) == sigmoid(x)*sigmoid(-x)
