# %%
import asyncio, random
random.seed(6)
seen = []
# %%
async def work(i):
    seen.append(i)
    await asyncio.sleep(0.005)
    return i + random.random()
# %%
task = asyncio.create_task(work(3))
# %%
other = [await work(1)]
# %%
before = random.random()
# %%
loss = await task + other[0] + before + len(seen)
print("loss:", loss)
