# %%
import torch
# %%
weights = torch.zeros(6)
# %%
view = weights[2:4]
# %%
noise = torch.randn(6)
# %%
view += 2
# %%
copied = weights.clone()
# %%
copied[0] = 99
# %%
generator = torch.Generator().manual_seed(5)
picked = torch.randperm(6, generator=generator)[:3]
# %%
torch.manual_seed(8)
jitter = torch.rand(6)
# %%
loss = float((weights + jitter)[picked].sum())
print("loss:", loss)
