# Style: course. Q-learning in a small grid; rewards over episodes.

# %%
import numpy as np
import random

# %%
class GridWorld:
    """4 x 4, start at the top left, goal at the bottom right, two holes."""
    def __init__(self):
        self.n_states = 16
        self.n_actions = 4
        self.holes = (5, 11)

    def reset(self):
        self.s = 0
        return self.s

    def step(self, a):
        r, c = divmod(self.s, 4)
        r, c = [(max(r-1, 0), c), (r, min(c+1, 3)), (min(r+1, 3), c), (r, max(c-1, 0))][a]
        self.s = 4 * r + c
        done = self.s == 15 or self.s in self.holes
        return self.s, float(self.s == 15), done

env = GridWorld()
print("Action space: ", env.n_actions)
print("State space: ", env.n_states)

# %%
total_episodes = 2000        # Total episodes
learning_rate = 0.8          # Learning rate
max_steps = 99               # Max steps per episode
gamma = 0.95                 # Discounting rate

# Exploration parameters
epsilon = 1.0                # Exploration rate
max_epsilon = 1.0            # Exploration probability at start
min_epsilon = 0.01           # Minimum exploration probability
decay_rate = 0.005           # Exponential decay rate for exploration prob

# %%
qtable = np.zeros((env.n_states, env.n_actions))
rewards = []

for episode in range(total_episodes):
    state = env.reset()
    total_rewards = 0
    for step in range(max_steps):
        if random.uniform(0, 1) > epsilon:
            action = np.argmax(qtable[state, :])
        else:
            action = random.randrange(env.n_actions)
        new_state, reward, done = env.step(action)
        qtable[state, action] += learning_rate * (reward + gamma * np.max(qtable[new_state, :]) - qtable[state, action])
        total_rewards += reward
        state = new_state
        if done:
            break
    epsilon = min_epsilon + (max_epsilon - min_epsilon) * np.exp(-decay_rate * episode)
    rewards.append(total_rewards)

print("Score over time: " + str(sum(rewards) / total_episodes))
print(qtable)
