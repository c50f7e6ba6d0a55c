# Style: library documentation. A character RNN; "%d %d%% (%s) %.4f" with the time, and a list of averages.

# %%
import unicodedata, string, re, random, time, math
import torch
import torch.nn as nn

all_characters = string.printable
n_characters = len(all_characters)

file = open('data/input.txt').read()
file_len = len(file)
print('file_len =', file_len)

# %%
chunk_len = 60

def random_chunk():
    start_index = random.randint(0, file_len - chunk_len - 1)
    return file[start_index:start_index + chunk_len + 1]

def char_tensor(string):
    return torch.tensor([all_characters.index(c) for c in string]).long()

def random_training_set():
    chunk = random_chunk()
    return char_tensor(chunk[:-1]), char_tensor(chunk[1:])

# %%
class RNN(nn.Module):
    def __init__(self, input_size, hidden_size, output_size, n_layers=1):
        super(RNN, self).__init__()
        self.encoder = nn.Embedding(input_size, hidden_size)
        self.gru = nn.GRU(hidden_size, hidden_size, n_layers)
        self.decoder = nn.Linear(hidden_size, output_size)

    def forward(self, input, hidden=None):
        output, hidden = self.gru(self.encoder(input), hidden)
        return self.decoder(output), hidden

def time_since(since):
    s = time.time() - since
    m = math.floor(s / 60)
    s -= m * 60
    return '%dm %ds' % (m, s)

# %%
n_epochs = 60
print_every = 10
plot_every = 5
hidden_size = 64
n_layers = 1
lr = 0.005

decoder = RNN(n_characters, hidden_size, n_characters, n_layers)
decoder_optimizer = torch.optim.Adam(decoder.parameters(), lr=lr)
criterion = nn.CrossEntropyLoss()

def train(inp, target):
    decoder.zero_grad()
    output, _ = decoder(inp)
    loss = criterion(output, target)
    loss.backward()
    decoder_optimizer.step()
    return loss.item()

start = time.time()
all_losses = []
loss_avg = 0

for epoch in range(1, n_epochs + 1):
    loss = train(*random_training_set())
    loss_avg += loss

    if epoch % print_every == 0:
        print('[%s (%d %d%%) %.4f]' % (time_since(start), epoch, epoch / n_epochs * 100, loss))

    if epoch % plot_every == 0:
        all_losses.append(loss_avg / plot_every)
        loss_avg = 0

# %%
import matplotlib.pyplot as plt
plt.figure()
plt.plot(all_losses)
