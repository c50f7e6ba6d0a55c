# %%
import random
from dataclasses import dataclass, field
@dataclass
class Config:
    lr: float = 0.1
    layers: list = field(default_factory=list)
# %%
config = Config()
spare = Config(0.9)
# %%
config.layers.append(16)
# %%
spare.layers.append(1)
# %%
def train(config):
    random.seed(15)
    losses = []
    for epoch in range(3):
        losses.append(random.random() * config.lr / (epoch + len(config.layers)))
    return losses
# %%
losses = train(config)
# %%
for epoch, loss in enumerate(losses):
    print(f"epoch {epoch}: loss {loss:.4f}")
