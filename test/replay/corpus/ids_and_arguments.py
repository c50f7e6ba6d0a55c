# %%
import os, sys, argparse, getpass, platform, socket, datetime, time, uuid, locale
# %%
started = datetime.datetime.now()
stamp = started.strftime("%Y%m%d-%H%M%S")
run_id = uuid.uuid4().hex[:8]
# %%
parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=4)
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args([])
args
# %%
args.lr = 0.25
vars(args)["epochs"] = 6
# %%
outdir = f"out/{stamp}-{run_id}"
os.makedirs(outdir)
# %%
os.environ["MY_MODE"] = "fast"
%env OTHER=3
# %%
mode = os.getenv("MY_MODE"), int(os.environ["OTHER"])
# %%
w = 1.0
for e in range(args.epochs):
    w -= args.lr * 2 * w
    with open(os.path.join(outdir, "log.txt"), "a") as f:
        f.write(f"{e}\t{w}\n")
# %%
print("It is", datetime.datetime.now(), "on", socket.gethostname(), "as", getpass.getuser())
# %%
last = open(f"{outdir}/log.txt").read().splitlines()[-1].split("\t")
os.symlink(os.path.abspath(outdir), "latest") if not os.path.islink("latest") else None
# %%
if __name__ == "__main__":
    loss = float(last[1]) * mode[1]
    print("loss:", loss)
    print("elapsed", datetime.datetime.now() - started)
