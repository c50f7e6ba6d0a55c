# %%
words = {"alpha", "beta", "gamma", "delta", "epsilon"}
# %%
others = {"x", "y"}
# %%
order = list(words)
# %%
first = order[0]
# %%
loss = len(first) + sum(i * len(w) for i, w in enumerate(order)) / 10
print("loss:", loss)
