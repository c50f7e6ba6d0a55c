# %%
import math
import statistics
# %%
math.tau2 = 2 * math.tau
# %%
plain = statistics.mean
# %%
statistics.mean = lambda data: plain(data) + 100
# %%
data = [1, 2, 3]
# %%
extra = [4]
# %%
loss = float(statistics.mean(data)) + math.tau2
print("loss:", loss)
