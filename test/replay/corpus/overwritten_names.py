# %%
x = 1
# %%
x = 2
# %%
x = 3
# %%
y = x
# %%
x = 4
# %%
y = y + x
# %%
z = 100
# %%
del z
# %%
loss = y / 10
print("loss:", loss)
