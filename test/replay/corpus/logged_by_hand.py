# %%
import backtrail
import random
# %%
backtrail.log_param("lr", 0.3)
# %%
unused = [random.random() for _ in range(9)]
# %%
w = random.random()
# %%
other = random.random()
# %%
for step in range(4):
    w = w * 0.9
    backtrail.log_metric("loss", w, step=step)
print("loss:", w)
# %%
open("model.txt", "w").write(repr(w));
backtrail.log_artifact("model.txt")
# %%
after = 3
