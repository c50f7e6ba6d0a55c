# Style: personal. A genetic algorithm; best and mean of each generation.

# %%
import random
import math

# %%
random.seed(99)
N_CITIES = 25
cities = [(random.random() * 100, random.random() * 100) for _ in range(N_CITIES)]

# %%
POP_SIZE = 60
GENERATIONS = 40
MUTATION_RATE = 0.15
ELITE = 6

def length(tour):
    return sum(math.dist(cities[tour[i]], cities[tour[i - 1]]) for i in range(len(tour)))

def crossover(p1, p2):
    i, j = sorted(random.sample(range(len(p1)), 2))
    part = p1[i:j]
    rest = [c for c in p2 if c not in part]
    return rest[:i] + part + rest[i:]

def mutate(t):
    if random.random() < MUTATION_RATE:
        i, j = sorted(random.sample(range(len(t)), 2))
        t[i:j] = reversed(t[i:j])
    return t

# %%
population = [random.sample(range(N_CITIES), N_CITIES) for _ in range(POP_SIZE)]
best_history = []
for gen in range(GENERATIONS):
    population.sort(key=length)
    best = length(population[0])
    mean = sum(map(length, population)) / POP_SIZE
    best_history.append(best)
    if gen % 5 == 0:
        print('Generation', gen, 'best:', round(best, 2), 'mean:', round(mean, 2))
    elite = population[:ELITE]
    children = [mutate(crossover(*random.sample(population[:POP_SIZE // 2], 2))) for _ in range(POP_SIZE - ELITE)]
    population = elite + children

# %%
print('Shortest tour: {:.2f} km'.format(length(min(population, key=length))))
