# %%
import asyncio, random, contextlib, time
# %%
queue = asyncio.Queue()
done = []
# %%
async def producer(n):
    for i in range(n):
        await queue.put(i + random.random())
        await asyncio.sleep(0.01)
    await queue.put(None)
# %%
async def consumer():
    while (item := await queue.get()) is not None:
        done.append(item)
    return len(done)
# %%
consuming = asyncio.create_task(consumer())
# %%
await producer(5)
# %%
n = await consuming
# %%
@contextlib.asynccontextmanager
async def session():
    await asyncio.sleep(0)
    yield {"open": True}
# %%
async with session() as s, asyncio.timeout(5):
    results = await asyncio.gather(*(asyncio.sleep(0.01 * i, result=i) for i in range(4)))
# %%
total = 0
async def ticks():
    for i in range(3):
        yield i
async for i in ticks():
    total += i
# %%
def sync():
    return sum(done)
value = await asyncio.to_thread(sync)
# %%
print("loss:", value + n + sum(results) + total + s["open"])
