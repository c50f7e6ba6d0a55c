# %%
import pickle, copy, copyreg, shelve, json, struct, marshal, types, array, ctypes, io
# %%
class Point:
    __slots__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
    def __reduce__(self): return Point, (self.x, self.y)
    def __eq__(self, o): return (self.x, self.y) == (o.x, o.y)
    def __hash__(self): return hash((self.x, self.y))
# %%
points = {Point(1, 2): "a", Point(3, 4): "b"}
blob = pickle.dumps(points)
# %%
points[Point(1, 2)] = "z"
back = pickle.loads(blob)
# %%
with shelve.open("store") as db:
    db["points"] = points
    db["n"] = 3
# %%
with shelve.open("store", writeback=True) as db:
    db["points"][Point(5, 6)] = "c"
# %%
with shelve.open("store") as db:
    kept = dict(db)
# %%
f = lambda x, k=3: x * k
g = types.FunctionType(f.__code__, globals(), "g", (4,))
# %%
buf = array.array("d", [1, 2, 3])
view = memoryview(buf)
view[1] = 10.0
# %%
raw = bytearray(struct.pack("<3i", 1, 2, 3))
_ = ctypes.memmove((ctypes.c_char * len(raw)).from_buffer(raw), struct.pack("<i", 99), 4)
# %%
deep = copy.deepcopy(points)
shallow = copy.copy(kept)
shallow["points"][Point(7, 8)] = "d"
# %%
loss = len(kept["points"]) + g(2) + sum(buf) + struct.unpack("<3i", raw)[0] + len(back) + len(deep)
print("loss:", loss)
