# Three logits l: the chain through the probabilities, step by step.

l in R^3
y in R^3, onehot

yh = softmax(l)
CE = -sum(y.*log(yh))

grad(CE, yh)[k]
jacobian(yh, l)[k,i] by cases
sum_k(grad(CE, yh)[k]*jacobian(yh, l)[k,i])
grad(CE, l)[i]
