# Style: personal. Knowledge distillation: a teacher, a student alone, a student with the teacher; gradient accumulation.
# %%
import torch, torch.nn as nn, torch.nn.functional as F
from torch.utils.data import TensorDataset, DataLoader, random_split
from sklearn.datasets import load_digits
torch.manual_seed(0)
# %%
digits = load_digits()
ds = TensorDataset(torch.tensor(digits.data / 16, dtype=torch.float32), torch.tensor(digits.target))
train_set, test_set = random_split(ds, [1400, len(ds) - 1400], generator=torch.Generator().manual_seed(1))
train_loader = DataLoader(train_set, batch_size=100, shuffle=True)
test_loader = DataLoader(test_set, batch_size=500)
# %%
def mlp(*sizes):
    mods = []
    for a, b in zip(sizes, sizes[1:]): mods += [nn.Linear(a, b), nn.ReLU()]
    return nn.Sequential(*mods[:-1])
@torch.no_grad()
def test(net):
    net.eval(); correct = 0
    for x, y in test_loader: correct += (net(x).argmax(1) == y).sum().item()
    return 100. * correct / len(test_set)
def fit(net, epochs, lr, teacher=None, T=4.0, alpha=0.7, accum=2, name=""):
    opt = torch.optim.SGD(net.parameters(), lr=lr, momentum=0.9, nesterov=True)
    for epoch in range(epochs):
        net.train(); running = 0.0
        opt.zero_grad()
        for i, (x, y) in enumerate(train_loader):
            out = net(x)
            loss = F.cross_entropy(out, y)
            if teacher is not None:
                with torch.no_grad(): soft = F.softmax(teacher(x) / T, 1)
                kd = F.kl_div(F.log_softmax(out / T, 1), soft, reduction="batchmean") * T * T
                loss = alpha * kd + (1 - alpha) * loss
            (loss / accum).backward()
            if (i + 1) % accum == 0: opt.step(); opt.zero_grad()
            running += loss.item()
        acc = test(net)
        print(f"[{name}] epoch {epoch+1}/{epochs} loss={running/len(train_loader):.3f} test_acc={acc:.2f}%")
    return acc
# %%
teacher = mlp(64, 128, 64, 10)
teacher_acc = fit(teacher, epochs=4, lr=0.1, name="teacher")
# %%
student = mlp(64, 12, 10)
student_acc = fit(student, epochs=3, lr=0.1, name="student")
# %%
kd_student = mlp(64, 12, 10)
kd_acc = fit(kd_student, epochs=3, lr=0.1, teacher=teacher, T=3.0, alpha=0.8, name="student+KD")
# %%
print(f"Teacher: {teacher_acc:.2f}%  Student: {student_acc:.2f}%  Student (KD): {kd_acc:.2f}%")
print(f"Gain from distillation: {kd_acc - student_acc:+.2f} points")
