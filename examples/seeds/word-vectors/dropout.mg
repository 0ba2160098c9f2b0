# Dropout: d is a mask of zeros and ones, gamma the scale that keeps the expectation.

h in R^n
d in R^n, binary
gamma in R
hd = gamma*(d.*h)

jacobian(hd, h)
