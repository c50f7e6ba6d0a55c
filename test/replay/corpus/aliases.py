# %%
weights = [1.0, 2.0, 3.0]
# %%
others = [7, 8]
# %%
same = weights
# %%
same[0] = 10.0
# %%
copied = list(weights)
# %%
copied[1] = 99.0
# %%
same = None
# %%
loss = sum(weights)
print("loss:", loss)
