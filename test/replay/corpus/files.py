# %%
import csv, json, random
random.seed(13)
# %%
with open("rows.csv", "w") as file:
    csv.writer(file).writerows([[i, i * random.randint(1, 9)] for i in range(9)])
# %%
with open("notes.txt", "w") as file:
    file.write("nothing that counts")
# %%
rows = list(csv.reader(open("rows.csv")))
# %%
open("notes.txt").read()
# %%
loss = sum(int(b) for _, b in rows) / len(rows)
# %%
with open("result.json", "w") as file:
    json.dump({"loss": loss}, file)
# %%
print("loss:", json.load(open("result.json"))["loss"])
