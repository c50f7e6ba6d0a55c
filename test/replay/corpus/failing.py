# %%
total = 1
# %%
total = 5
raise ValueError("too late")
# %%
total + "text"
# %%
x = = 1
# %%
rest = 2
# %%
try:
    1 / 0
except ZeroDivisionError:
    total += 1
# %%
loss = total / 2
print("loss:", loss)
