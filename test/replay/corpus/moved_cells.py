# %% report
total = 0.0
# %% load
rows = [{"a": k, "b": k % 3} for k in range(30)]
# %% clean
rows = [row for row in rows if row["b"]]
# %% loss
def summary(rows):
    return sum(row["a"] / row["b"] for row in rows)
# %% late above load
total = summary(rows)
# %% again above clean
rows[0]["a"] = 1000
# %% print above report
loss = total / len(rows)
print("loss:", loss)
