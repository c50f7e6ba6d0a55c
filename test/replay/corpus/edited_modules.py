# %%
%load_ext autoreload
%autoreload 2
import importlib
# %%
%%writefile tool.py
factor = 1
# %%
%%writefile live.py
class Net:
    def f(self, x):
        return x + 1
# %%
import tool
from live import Net
net = Net()
# %%
before = tool.factor + net.f(1)
# %%
%%writefile tool.py
factor = 2
# %%
importlib.reload(tool)
# %%
import time
time.sleep(1.1)
open("live.py", "w").write("class Net:\n    def f(self, x):\n        return x * 100\n");
# %%
loss = tool.factor * 10 + before + net.f(1)
print("loss:", loss)
