# %%
import os, tempfile
# %%
folder = tempfile.mkdtemp()
# %%
path = os.path.join(folder, "x.txt")
with open(path, "w") as file:
    file.write("4")
# %%
loss = int(open(path).read()) / 2
print("loss:", loss)
