# %%
scores = []
# %%
log = {}
# %%
scores.append(0.5)
# %%
log["noise"] = 1
# %%
scores.append(0.75)
# %%
scores.sort(reverse=True)
# %%
log["more"] = 2
# %%
accuracy = scores[0]
print(f"accuracy: {accuracy}")
