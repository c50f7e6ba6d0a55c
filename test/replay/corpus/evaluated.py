# %%
a = 2
# %%
b = 3
# %%
code = "a * b"
# %%
result = eval(code)
# %%
unrelated = 5
# %%
exec("c = result + 1")
# %%
late = 6
# %%
loss = c / 2
print("loss:", loss)
