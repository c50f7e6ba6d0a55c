# Style: course. An L-layer network in numpy, layers_dims at top level, the rest defaults of a function.

# %% [markdown]
# # Building your Deep Neural Network: Step by Step

# %%
import numpy as np
import matplotlib.pyplot as plt
from sklearn.datasets import load_breast_cancer

plt.rcParams['figure.figsize'] = (5.0, 4.0)
plt.rcParams['image.cmap'] = 'gray'
# %load_ext autoreload
# %autoreload 2
np.random.seed(1)

# %%
X, Y = load_breast_cancer(return_X_y=True)
X = ((X - X.mean(0)) / X.std(0)).T
Y = Y.reshape(1, -1)
m_train = 400
train_x, test_x = X[:, :m_train], X[:, m_train:]
train_y, test_y = Y[:, :m_train], Y[:, m_train:]
print("Number of training examples: " + str(m_train))
print("train_x's shape: " + str(train_x.shape))
print("test_x's shape: " + str(test_x.shape))

# %%
### CONSTANTS ###
layers_dims = [30, 12, 5, 1] #  3-layer model

# %%
def initialize_parameters_deep(layer_dims):
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        parameters['W' + str(l)] = np.random.randn(layer_dims[l], layer_dims[l-1]) / np.sqrt(layer_dims[l-1])
        parameters['b' + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters

def forward(X, parameters):
    L = len(parameters) // 2
    A, cache = X, [X]
    for l in range(1, L):
        A = np.maximum(0, parameters['W%d' % l] @ A + parameters['b%d' % l])
        cache.append(A)
    AL = 1 / (1 + np.exp(-(parameters['W%d' % L] @ A + parameters['b%d' % L])))
    return AL, cache

def backward(AL, Y, cache, parameters):
    L = len(parameters) // 2
    grads, m = {}, Y.shape[1]
    dZ = AL - Y
    for l in range(L, 0, -1):
        grads['dW%d' % l] = dZ @ cache[l-1].T / m
        grads['db%d' % l] = dZ.mean(axis=1, keepdims=True)
        if l > 1:
            dZ = (parameters['W%d' % l].T @ dZ) * (cache[l-1] > 0)
    return grads

# %%
def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    np.random.seed(1)
    costs = []
    parameters = initialize_parameters_deep(layers_dims)
    for i in range(0, num_iterations):
        AL, cache = forward(X, parameters)
        cost = float(-np.mean(Y * np.log(AL + 1e-12) + (1 - Y) * np.log(1 - AL + 1e-12)))
        grads = backward(AL, Y, cache, parameters)
        for key in parameters:
            parameters[key] -= learning_rate * grads['d' + key]
        if print_cost and i % 100 == 0:
            print("Cost after iteration %i: %f" % (i, cost))
        if print_cost and i % 100 == 0:
            costs.append(cost)
    plt.plot(np.squeeze(costs))
    plt.ylabel('cost')
    plt.xlabel('iterations (per hundreds)')
    plt.title("Learning rate =" + str(learning_rate))
    plt.show()
    return parameters

# %%
parameters = L_layer_model(train_x, train_y, layers_dims, learning_rate=0.1, num_iterations=1000, print_cost=True)

# %%
def predict(X, y, parameters):
    p = (forward(X, parameters)[0] > 0.5).astype(int)
    print("Accuracy: " + str(np.sum((p == y) / X.shape[1])))
    return p

pred_train = predict(train_x, train_y, parameters)

# %%
pred_test = predict(test_x, test_y, parameters)
