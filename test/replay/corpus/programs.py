# %%
import random
noise = random.random()
# %%
!printf '3\n4\n' > numbers.txt
# %%
n = 2
!echo {n} >> numbers.txt
# %%
lines = !sort -r numbers.txt
# %%
%%bash
wc -l < numbers.txt > count.txt
# %%
%cd no/such/folder
# %%
%nosuchmagic
n = 1000
# %%
loss = sum(map(int, lines)) * n + int(open("count.txt").read()) + noise
print("loss:", loss)
