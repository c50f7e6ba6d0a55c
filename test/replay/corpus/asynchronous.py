# %%
import asyncio
# %%
async def fetch(i):
    await asyncio.sleep(0.001)
    return i * 2
# %%
unused = await fetch(5)
# %%
values = await asyncio.gather(*(fetch(i) for i in range(4)))
# %%
task = asyncio.create_task(fetch(20))
# %%
extra = await task
# %%
loss = sum(values) / 10 + extra
print("loss:", loss)
