# %%
open("mine.py", "w").write("def f(x):\n    return x + 1\n");
# %%
import mine
# %%
a = 3
# %%
b = 4
# %%
import importlib
open("mine.py", "w").write("def f(x):\n    return x * 10\n");
importlib.reload(mine)
# %%
loss = mine.f(a)
print("loss:", loss)
