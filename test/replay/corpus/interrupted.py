# %%
import math
history = []
lr = 0.1
# %% train
w = 5.0
for step in range(30):
    w -= lr * 2 * w
    history.append(w * w)
    if step == 10:
        raise KeyboardInterrupt
# %%
len(history)
# %% plot
historyy[-1]
# %% plot
history[-1]
# %% train
w = 5.0
history.clear()
for step in range(30):
    w -= lr * 2 * w
    history.append(w * w)
# %% config
lr = 0.3
assert lr < 0.2, "too high"
# %% config
lr = 0.15
# %% train
w = 5.0
history.clear()
for step in range(30):
    w -= lr * 2 * w
    history.append(w * w)
# %%

# %%
# only a comment
# %%
   
# %%
try:
    history.append(math.log(-1))
except ValueError as error:
    problem = str(error)
# %%
def deeper(n):
    if not n:
        raise RuntimeError("bottom")
    deeper(n - 1)
deeper(3)
# %%
print(f"final loss: {history[-1]:.6g}, {len(history)} steps, {problem}")
