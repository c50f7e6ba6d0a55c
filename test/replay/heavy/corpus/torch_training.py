# %%
import torch
from torch import nn
torch.manual_seed(3)
# %%
X = torch.rand(64, 4)
y = (X.sum(1, keepdim=True) > 2).float()
# %%
torch.rand(5)
# %%
model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Dropout(0.2), nn.Linear(8, 1))
# %%
spare = nn.Linear(4, 1)
# %%
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(X, y), batch_size=16, shuffle=True)
# %%
spare(X).mean().item()
# %%
for epoch in range(4):
    for batch, wanted in loader:
        optimizer.zero_grad()
        loss = nn.functional.binary_cross_entropy_with_logits(model(batch), wanted)
        loss.backward()
        optimizer.step()
    print(f"epoch {epoch} loss {loss.item():.5f}")
# %%
torch.save(model.state_dict(), "model.pt")
