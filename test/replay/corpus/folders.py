# %%
import os
from pathlib import Path
# %%
os.makedirs("work/deep", exist_ok=True)
# %%
note = 3
# %%
os.chdir("work")
# %%
Path("deep/a.txt").write_text("7")
Path("deep/b.txt").write_text("8")
# %%
junk = note * 2
# %%
values = [int(path.read_text()) for path in sorted(Path("deep").glob("*.txt"))]
# %%
loss = float(sum(values))
print("loss:", loss)
