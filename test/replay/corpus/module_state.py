# %%
%%writefile settings.py
known = {}
factor = 1
def configure(value):
    global factor
    factor = value
def score(x):
    return x * factor + len(known)
# %%
import settings
import random
random.seed(4)
# %%
settings.known["a"] = 1
# %%
settings.configure(3)
# %%
x = random.random()
# %%
settings.known["b"] = 2
# %%
loss = settings.score(x)
print("loss:", loss)
