# Style: course. Gradient descent in functions, the cost printed every so often.

# %% [markdown]
# # Lab: Gradient descent for linear regression

# %%
import math, copy
import numpy as np
import matplotlib.pyplot as plt

# %%
# Load our data set
x_train = np.array([1.0, 1.7, 2.0, 2.5, 3.0, 3.2])   #features
y_train = np.array([250, 300, 480, 430, 630, 730])   #target value
print(f"x_train.shape: {x_train.shape}")

# %%
def compute_cost(x, y, w, b):
    m = x.shape[0]
    cost = 0
    for i in range(m):
        f_wb = w * x[i] + b
        cost = cost + (f_wb - y[i])**2
    total_cost = 1 / (2 * m) * cost
    return total_cost

def compute_gradient(x, y, w, b):
    m = x.shape[0]
    dj_dw = 0
    dj_db = 0
    for i in range(m):
        f_wb = w * x[i] + b
        dj_dw += (f_wb - y[i]) * x[i]
        dj_db += f_wb - y[i]
    return dj_dw / m, dj_db / m

# %%
def gradient_descent(x, y, w_in, b_in, alpha, num_iters, cost_function, gradient_function):
    J_history = []
    p_history = []
    b = b_in
    w = w_in
    for i in range(num_iters):
        dj_dw, dj_db = gradient_function(x, y, w, b)
        b = b - alpha * dj_db
        w = w - alpha * dj_dw
        if i < 100000:      # prevent resource exhaustion
            J_history.append(cost_function(x, y, w, b))
            p_history.append([w, b])
        if i % math.ceil(num_iters/10) == 0:
            print(f"Iteration {i:4}: Cost {J_history[-1]:0.2e} ",
                  f"dj_dw: {dj_dw: 0.3e}, dj_db: {dj_db: 0.3e}  ",
                  f"w: {w: 0.3e}, b:{b: 0.5e}")
    return w, b, J_history, p_history

# %%
# initialize parameters
w_init = 0
b_init = 0
# some gradient descent settings
iterations = 2000
tmp_alpha = 1.0e-2
# run gradient descent
w_final, b_final, J_hist, p_hist = gradient_descent(x_train, y_train, w_init, b_init, tmp_alpha,
                                                    iterations, compute_cost, compute_gradient)
print(f"(w,b) found by gradient descent: ({w_final:8.4f},{b_final:8.4f})")

# %%
plt.plot(J_hist[:100])
plt.title("Cost vs. iteration(start)")
plt.ylabel('Cost')
plt.xlabel('iteration step')
plt.show()
