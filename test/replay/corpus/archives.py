# %%
import os, glob, shutil, tempfile, pathlib, pickle
from pathlib import Path
HERE = Path.cwd()
# %%
data = HERE / "däta" / "naïve files"
data.mkdir(parents=True, exist_ok=True)
for i, naam in enumerate(["één", "zwei", "три"]):
    (data / f"{naam}.txt").write_text(f"{i + 1}\n" * (i + 1), encoding="utf-8")
# %%
os.chdir(data)
# %%
files = sorted(glob.glob("*.txt"))
files
# %%
total = sum(int(line) for f in files for line in open(f, encoding="utf-8"))
# %%
os.chdir(HERE)
home = Path("~/.backtrail-test").expanduser()
# %%
with tempfile.TemporaryDirectory() as tmp:
    p = Path(tmp) / "model.pkl"
    p.write_bytes(pickle.dumps({"w": total * 2}))
    model = pickle.loads(p.read_bytes())
# %%
shutil.copytree(data, "copy", dirs_exist_ok=True)
shutil.move("copy/zwei.txt", "moved.txt")
os.remove("copy/три.txt")
# %%
left = sorted(p.name for p in Path("copy").iterdir())
shutil.make_archive("packed", "gztar", "copy")
# %%
shutil.unpack_archive("packed.tar.gz", "unpacked")
# %%
µ = total / 10
größe = len(left)
# %%
loss = µ + größe + model["w"] + int(Path("moved.txt").read_text().split()[0]) + len(os.listdir("unpacked"))
print("loss:", loss)
