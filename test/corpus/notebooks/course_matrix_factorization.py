# Style: course. A recommender as a class; "Iteration: 4 ; error = 0.8".

# %%
import numpy as np
import pandas as pd

# %%
ratings = pd.read_csv('data/ratings.csv')
n_users = ratings.userId.nunique()
n_movies = ratings.movieId.nunique()
print(str(n_users) + ' users')
print(str(n_movies) + ' movies')
R = ratings.pivot_table(index='userId', columns='movieId', values='rating').fillna(0).values
sparsity = round(1.0 - len(ratings) / float(n_users * n_movies), 3)
print('The sparsity level is ' + str(sparsity * 100) + '%')

# %%
class MF():
    def __init__(self, R, K, alpha, beta, iterations):
        self.R = R
        self.num_users, self.num_items = R.shape
        self.K = K
        self.alpha = alpha
        self.beta = beta
        self.iterations = iterations

    def train(self):
        self.P = np.random.normal(scale=1./self.K, size=(self.num_users, self.K))
        self.Q = np.random.normal(scale=1./self.K, size=(self.num_items, self.K))
        self.b_u = np.zeros(self.num_users)
        self.b_i = np.zeros(self.num_items)
        self.b = np.mean(self.R[np.where(self.R != 0)])
        samples = [(i, j, self.R[i, j]) for i, j in zip(*self.R.nonzero())]
        training_process = []
        for i in range(self.iterations):
            np.random.shuffle(samples)
            for u, v, r in samples:
                u, v = int(u), int(v)
                e = r - (self.b + self.b_u[u] + self.b_i[v] + self.P[u] @ self.Q[v])
                self.b_u[u] += self.alpha * (e - self.beta * self.b_u[u])
                self.b_i[v] += self.alpha * (e - self.beta * self.b_i[v])
                P_u = self.P[u].copy()
                self.P[u] += self.alpha * (e * self.Q[v] - self.beta * self.P[u])
                self.Q[v] += self.alpha * (e * P_u - self.beta * self.Q[v])
            mse = self.mse()
            training_process.append((i, mse))
            if (i+1) % 2 == 0:
                print("Iteration: %d ; error = %.4f" % (i+1, mse))
        return training_process

    def mse(self):
        xs, ys = self.R.nonzero()
        full = self.b + self.b_u[:, None] + self.b_i[None] + self.P @ self.Q.T
        return np.sqrt(((self.R[xs, ys] - full[xs, ys]) ** 2).mean())

# %%
mf = MF(R, K=8, alpha=0.05, beta=0.01, iterations=16)
training_process = mf.train()
