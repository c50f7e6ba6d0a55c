# Style: course. Q-learning with a table in a grid world written by hand; averages over the last episodes.

# %%
import random
import numpy as np

# %%
class GridWorld:
    def __init__(self, size=5, holes=((1, 1), (2, 3), (3, 1))):
        self.size, self.holes = size, set(holes)
    def reset(self):
        self.pos = (0, 0)
        return 0
    def step(self, action):
        dr, dc = [(0, 1), (1, 0), (0, -1), (-1, 0)][action]
        r = min(max(self.pos[0] + dr, 0), self.size - 1)
        c = min(max(self.pos[1] + dc, 0), self.size - 1)
        self.pos = (r, c)
        if self.pos in self.holes:
            return r * self.size + c, -1.0, True
        if self.pos == (self.size - 1, self.size - 1):
            return r * self.size + c, 1.0, True
        return r * self.size + c, -0.01, False

env = GridWorld()
Q = np.zeros((env.size ** 2, 4))

# %%
# Hyperparameters
alpha = 0.1
gamma = 0.95
epsilon = 1.0
max_epsilon = 1.0
min_epsilon = 0.05
decay_rate = 0.005
total_episodes = 600
max_steps = 60

# %%
rewards = []
for episode in range(total_episodes):
    state = env.reset()
    done = False
    total_rewards = 0
    for step in range(max_steps):
        if random.uniform(0, 1) > epsilon:
            action = int(np.argmax(Q[state]))
        else:
            action = random.randint(0, 3)
        new_state, reward, done = env.step(action)
        Q[state, action] += alpha * (reward + gamma * np.max(Q[new_state]) * (not done) - Q[state, action])
        total_rewards += reward
        state = new_state
        if done:
            break
    epsilon = min_epsilon + (max_epsilon - min_epsilon) * np.exp(-decay_rate * episode)
    rewards.append(total_rewards)
    if (episode + 1) % 100 == 0:
        print(f"Episode {episode + 1}/{total_episodes} - avg reward (last 100): {np.mean(rewards[-100:]):.3f} - epsilon: {epsilon:.3f}")

# %%
wins = 0
n_eval = 50
for _ in range(n_eval):
    s, d, k = env.reset(), False, 0
    while not d and k < max_steps:
        s, r, d = env.step(int(np.argmax(Q[s])))
        k += 1
    wins += r > 0
print("Success rate:", wins / n_eval)
