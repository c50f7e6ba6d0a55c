# %%
import matplotlib.pyplot as plt
# %%
plt.rcParams["font.size"] = 9
# %%
values = [1.0, 4.0, 2.0]
# %%
plt.plot([0, 1])
plt.show()
# %%
fig, ax = plt.subplots()
ax.plot(values)
fig.savefig("curve.svg", metadata={"Date": None})
# %%
plt.hist(values)
# %%
loss = max(values)
print("loss:", loss)
