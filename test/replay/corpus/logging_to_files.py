# %%
import logging, sys, io, contextlib, traceback, warnings
# %%
logger = logging.getLogger("train")
logger.setLevel("DEBUG")
handler = logging.FileHandler("train.log", mode="w")
handler.setFormatter(logging.Formatter("%(levelname)s:%(message)s"))
logger.addHandler(handler)
# %%
stream = io.StringIO()
logger.addHandler(logging.StreamHandler(stream))
logger.propagate = False
# %%
class Trainer:
    def __init__(self, lr=.1): self.lr, self.w, self.log = lr, 4.0, logging.getLogger("train.inner")
    def fit(self, n):
        for i in range(n):
            self.w -= self.lr * self.w
            self.log.info("step %d loss %.4f", i, self.w ** 2)
        return self
# %%
t = Trainer().fit(5)
# %%
with contextlib.suppress(ZeroDivisionError):
    1 / 0
try:
    t.fit("x")
except TypeError:
    logger.error("bad")
# %%
logger.setLevel("ERROR")
t.fit(3)
# %%
t.fit(2).w
# %%
handler.close()
lines = open("train.log").read().splitlines()
# %%
infos = [l for l in lines if l.startswith("INFO")]
print("steps logged", len(infos), "stream", len(stream.getvalue().splitlines()))
print("final loss:", t.w ** 2 + len(infos))
