# %% imports
import json
# %% scratch deleted
scale = 4
# %% peek deleted
sorted([3, 1, 2])
# %% helper deleted
def scaled(values):
    return [value * scale for value in values]
# %% values
values = [1.5, 2.5, 3.5]
# %% fix deleted
values.append(10.0)
# %% result
result = scaled(values)
# %% text
json.dumps(result)
# %% loss
loss = sum(result) / len(result)
print("loss:", loss)
