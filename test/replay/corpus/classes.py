# %%
class Net:
    def __init__(self, width):
        self.width = width
    def score(self):
        return self.width * 0.01
# %%
class Other:
    pass
# %%
net = Net(32)
# %%
helper = Other()
# %%
class Net:
    factor = 0.5
    def __init__(self, width):
        self.width = width
    def score(self):
        return self.width * self.factor
# %%
net2 = Net(8)
# %%
accuracy = net.score() + net2.score()
print(f"accuracy = {accuracy:.4f}")
