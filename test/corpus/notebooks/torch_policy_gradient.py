# Style: course. REINFORCE on a small environment of its own; rewards of episodes with tabs.

# %%
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim
from torch.distributions import Categorical
from collections import deque

# %%
class Walk:
    """Keep a drifting point near zero: push left or right; ends beyond 3 or after 40 steps."""
    def reset(self):
        self.x, self.v, self.t = np.random.uniform(-1, 1), 0.0, 0
        return np.array([self.x, self.v], dtype=np.float32)

    def step(self, action):
        self.v = 0.8 * self.v + (0.3 if action else -0.3) + np.random.normal(0, 0.1)
        self.x += self.v
        self.t += 1
        return np.array([self.x, self.v], dtype=np.float32), 1.0, abs(self.x) > 3 or self.t >= 40

env = Walk()
torch.manual_seed(543)
np.random.seed(543)

# %%
class Policy(nn.Module):
    def __init__(self, hidden=24):
        super().__init__()
        self.affine1 = nn.Linear(2, hidden)
        self.affine2 = nn.Linear(hidden, 2)

    def forward(self, x):
        return F.softmax(self.affine2(F.relu(self.affine1(x))), dim=-1)

GAMMA = 0.99
policy = Policy()
optimizer = optim.Adam(policy.parameters(), lr=1e-2)
eps = np.finfo(np.float32).eps.item()

# %%
scores_deque = deque(maxlen=20)
running_reward = 10
for i_episode in range(60):
    state, ep_reward, log_probs, rewards = env.reset(), 0, [], []
    done = False
    while not done:
        m = Categorical(policy(torch.from_numpy(state)))
        action = m.sample()
        log_probs.append(m.log_prob(action))
        state, reward, done = env.step(action.item())
        rewards.append(reward)
        ep_reward += reward
    R, returns = 0, []
    for r in rewards[::-1]:
        R = r + GAMMA * R
        returns.insert(0, R)
    returns = torch.tensor(returns)
    returns = (returns - returns.mean()) / (returns.std() + eps)
    policy_loss = -(torch.stack(log_probs) * returns).sum()
    optimizer.zero_grad()
    policy_loss.backward()
    optimizer.step()
    scores_deque.append(ep_reward)
    running_reward = 0.05 * ep_reward + (1 - 0.05) * running_reward
    if i_episode % 10 == 0:
        print('Episode {}\tLast reward: {:.2f}\tAverage reward: {:.2f}'.format(i_episode, ep_reward, running_reward))
