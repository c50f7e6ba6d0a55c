# %%
2 ** 5
# %%
"nothing"
# %%
10 * 3
# %%
kept = _3
# %%
before = _1
# %%
loss = (kept + before) / 100
print("loss:", loss)
