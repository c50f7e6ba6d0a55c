# %%
list = [1, 2, 3]
rows = list
# %%
total = sum(list)
# %%
del list
# %%
rows.append(4)
# %%
del rows[0]
# %%
spare = 1
# %%
del spare
# %%
try:
    found = spare
except NameError:
    found = 50
# %%
loss = total + len(list("ab")) + sum(rows) + found
print("loss:", loss)
