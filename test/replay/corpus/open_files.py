# %%
import csv, io, os, sys, json, gzip, bz2, lzma, pickle, tempfile, shutil, contextlib, fileinput, configparser, glob
# %%
rows = ({"id": i, "v": i ** 2 % 17} for i in range(40))
with open("a.jsonl", "w") as f:
    for r in rows: print(json.dumps(r), file=f)
# %%
src = open("a.jsonl")
head = [json.loads(next(src)) for _ in range(3)]
# %%
next(src); next(src)
# %%
tail = sum(json.loads(l)["v"] for l in src); src.close()
# %%
log = open("steps.log", "a", buffering=1)
def note(*a): print(*a, file=log)
# %%
note("head", len(head))
# %%
with bz2.open("a.bz2", "wt") as z, lzma.open("a.xz", "wb") as x:
    z.write("hello\n" * 5); x.write(b"abc" * 7)
note("packed")
# %%
os.rename("a.bz2", "b.bz2")
txt = bz2.open("b.bz2", "rt").read()
# %%
note("tail", tail)
# %%
with fileinput.input("steps.log") as fi:
    words = [l.split()[0] for l in fi]
# %%
cp = configparser.ConfigParser(); cp["x"] = {"n": "3"}
with open("c.ini", "w") as f: cp.write(f)
cp2 = configparser.ConfigParser(); cp2.read(["none.ini", "c.ini"])
# %%
buf = io.BytesIO(); pickle.dump({"words": words}, buf); buf.seek(0)
# %%
old, sys.stdout = sys.stdout, io.StringIO()
print("into the buffer")
got = sys.stdout.getvalue(); sys.stdout = old
# %%
d = pickle.load(buf)
total = sum(x["v"] for x in head) + tail + len(txt) + len(d["words"]) + cp2.getint("x", "n") + len(got) + len(lzma.open("a.xz").read())
print("loss:", total)
