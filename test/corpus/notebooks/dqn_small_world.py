# Style: personal. Deep Q-learning on a home-made corridor: replay memory, epsilon that decays, running rewards, a best average.

# %%
import random
from collections import deque, namedtuple
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

# %%
class Corridor:
    """Walk right to the goal; every step costs a little."""
    def __init__(self, n=6):
        self.n = n
    def reset(self):
        self.pos, self.t = 0, 0
        return self._obs()
    def _obs(self):
        o = np.zeros(self.n, dtype=np.float32); o[self.pos] = 1
        return o
    def step(self, a):
        self.pos = min(self.n - 1, self.pos + 1) if a == 1 else max(0, self.pos - 1)
        self.t += 1
        done = self.pos == self.n - 1 or self.t >= 20
        return self._obs(), (1.0 if self.pos == self.n - 1 else -0.05), done

# %%
# hyperparams
GAMMA = 0.95
EPS_START, EPS_END, EPS_DECAY = 1.0, 0.05, 0.93
BATCH = 32
MEMORY = 2000
TARGET_UPDATE = 5
N_EPISODES = 60
LR = 5e-3

# %%
seed = 3
random.seed(seed); np.random.seed(seed); torch.manual_seed(seed)
env = Corridor()
policy = nn.Sequential(nn.Linear(6, 24), nn.ReLU(), nn.Linear(24, 2))
target = nn.Sequential(nn.Linear(6, 24), nn.ReLU(), nn.Linear(24, 2))
target.load_state_dict(policy.state_dict())
opt = torch.optim.RMSprop(policy.parameters(), lr=LR)
memory = deque(maxlen=MEMORY)
Transition = namedtuple('Transition', 's a r s2 d')

def optimize():
    if len(memory) < BATCH:
        return None
    b = Transition(*zip(*random.sample(memory, BATCH)))
    s, s2 = torch.tensor(np.array(b.s)), torch.tensor(np.array(b.s2))
    q = policy(s).gather(1, torch.tensor(b.a)[:, None]).squeeze(1)
    with torch.no_grad():
        y = torch.tensor(b.r) + GAMMA * target(s2).max(1).values * (1 - torch.tensor(b.d, dtype=torch.float32))
    loss = F.smooth_l1_loss(q, y)
    opt.zero_grad(); loss.backward(); opt.step()
    return loss.item()

# %%
eps = EPS_START
scores = []
scores_window = deque(maxlen=20)
best_avg = -np.inf
for ep in range(1, N_EPISODES + 1):
    s, done, score = env.reset(), False, 0.0
    rewards = []
    while not done:
        a = random.randrange(2) if random.random() < eps else int(policy(torch.tensor(s)).argmax())
        s2, r, done = env.step(a)
        memory.append((s, a, r, s2, done))
        rewards.append(r)
        s = s2
        loss = optimize()
    score = sum(rewards)
    scores.append(score)
    scores_window.append(score)
    eps = max(EPS_END, eps * EPS_DECAY)
    if ep % TARGET_UPDATE == 0:
        target.load_state_dict(policy.state_dict())
    avg = np.mean(scores_window)
    if avg > best_avg:
        best_avg = avg
    print(f"\rEpisode {ep}\tScore: {score:.2f}\tAverage Score: {avg:.2f}\tEpsilon: {eps:.2f}", end="")
    if ep % 20 == 0:
        print(f"\rEpisode {ep}\tScore: {score:.2f}\tAverage Score: {avg:.2f}\tEpsilon: {eps:.2f}")

# %%
print("best average over 20 episodes", best_avg)

# %%
max(scores)
