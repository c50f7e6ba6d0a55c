# %%
rows = [i * i for i in range(4000)]
for i, row in enumerate(rows):
    print("row", i, "is", row)

# %%
print("first", rows[0])
rows = [row + 1 for row in rows]
print("second", rows[1])

# %%
for i, row in enumerate(rows):
    print("then", i, "is", row)

# %%
print("head", rows[:3])
rows = rows[::2]

# %%
print("loss: %.3f" % (sum(rows) / len(rows)))
