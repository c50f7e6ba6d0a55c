# %%
import subprocess, sys, os, json, textwrap, shlex, signal, tempfile
# %%
script = textwrap.dedent("""
    import json, sys
    n = int(sys.argv[1])
    json.dump({"n": n, "squares": [i * i for i in range(n)]}, open(sys.argv[2], "w"))
""")
open("make.py", "w").write(script)
# %%
subprocess.check_call([sys.executable, "make.py", "6", "squares.json"])
# %%
data = json.load(open("squares.json"))
# %%
p = subprocess.Popen(["tr", "a-z", "A-Z"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
# %%
upper, _ = p.communicate("hello")
p.returncode
# %%
os.system("echo 5 > five.txt && cat five.txt")
five = int(open("five.txt").read())
# %%
env = {**os.environ, "GREETING": "hi"}
said = subprocess.run("echo $GREETING | wc -c", shell=True, env=env, capture_output=True, text=True).stdout
# %%
files = !ls *.json *.txt | sort
n_files = len(files)
# %%
with os.popen("seq 3") as f:
    seq = [int(x) for x in f]
# %%
!for i in 1 2 3; do echo line $i; done > lines.txt
!wc -l < lines.txt
# %%
%%script bash --out counted
cat lines.txt | grep -c line
# %%
loss = sum(data["squares"]) + len(upper) + five + int(said) + n_files + sum(seq) + int(counted)
print("loss:", loss)
