# Style: library documentation. A GAN on points; tab-separated losses of two networks in one line.

# %%
import random
import torch
import torch.nn as nn
import torch.optim as optim

# Set random seed for reproducibility
manualSeed = 999
#manualSeed = random.randint(1, 10000) # use if you want new results
print("Random Seed: ", manualSeed)
random.seed(manualSeed)
torch.manual_seed(manualSeed);

# %%
# Batch size during training
batch_size = 64
# Size of z latent vector (i.e. size of generator input)
nz = 4
# Size of feature maps in generator and discriminator
ngf = 16
ndf = 16
# Number of training epochs
num_epochs = 3
# Learning rate for optimizers
lr = 0.0002
# Beta1 hyperparameter for Adam optimizers
beta1 = 0.5
# Number of GPUs available. Use 0 for CPU mode.
ngpu = 0

# %%
angle = torch.rand(1280) * 6.283
real = torch.stack([angle.cos(), angle.sin()], 1) + 0.05 * torch.randn(1280, 2)
dataloader = torch.utils.data.DataLoader(real, batch_size=batch_size, shuffle=True)

netG = nn.Sequential(nn.Linear(nz, ngf), nn.ReLU(), nn.Linear(ngf, 2))
netD = nn.Sequential(nn.Linear(2, ndf), nn.LeakyReLU(0.2), nn.Linear(ndf, 1), nn.Sigmoid())
criterion = nn.BCELoss()
fixed_noise = torch.randn(64, nz)
real_label = 1.
fake_label = 0.

# %%
optimizerD = optim.Adam(netD.parameters(), lr=lr, betas=(beta1, 0.999))
optimizerG = optim.Adam(netG.parameters(), lr=lr, betas=(beta1, 0.999))

# %%
# Lists to keep track of progress
img_list = []
G_losses = []
D_losses = []
iters = 0

print("Starting Training Loop...")
for epoch in range(num_epochs):
    for i, data in enumerate(dataloader, 0):
        netD.zero_grad()
        b_size = data.size(0)
        label = torch.full((b_size,), real_label)
        output = netD(data).view(-1)
        errD_real = criterion(output, label)
        errD_real.backward()
        D_x = output.mean().item()

        noise = torch.randn(b_size, nz)
        fake = netG(noise)
        label.fill_(fake_label)
        output = netD(fake.detach()).view(-1)
        errD_fake = criterion(output, label)
        errD_fake.backward()
        D_G_z1 = output.mean().item()
        errD = errD_real + errD_fake
        optimizerD.step()

        netG.zero_grad()
        label.fill_(real_label)
        output = netD(fake).view(-1)
        errG = criterion(output, label)
        errG.backward()
        D_G_z2 = output.mean().item()
        optimizerG.step()

        if i % 10 == 0:
            print('[%d/%d][%d/%d]\tLoss_D: %.4f\tLoss_G: %.4f\tD(x): %.4f\tD(G(z)): %.4f / %.4f'
                  % (epoch, num_epochs, i, len(dataloader), errD.item(), errG.item(), D_x, D_G_z1, D_G_z2))

        G_losses.append(errG.item())
        D_losses.append(errD.item())
        iters += 1
