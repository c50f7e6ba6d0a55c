# %%
%matplotlib inline
# %%
import os
%env MODE=fast
# %%
%%time
total = sum(range(1000))
# %%
words = !echo one two
# %%
%%capture out
print("hidden")
x = 4
# %%
%time y = x * 2
# %%
%%writefile part.py
FACTOR = 3
# %%
import part
# %%
loss = total * part.FACTOR / 1000 + len(words) + y + len(os.environ["MODE"])
print("loss:", loss)
