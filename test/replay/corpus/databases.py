# %%
import sqlite3, csv, gzip, zipfile, logging, io, contextlib, datetime as dt
log = logging.getLogger("etl")
log.setLevel(logging.INFO)
logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
# %%
rows = [(i, f"item {i % 7}", (i * 37 % 11) / 2) for i in range(200)]
with gzip.open("items.csv.gz", "wt", newline="") as f:
    csv.writer(f).writerows(rows)
# %%
con = sqlite3.connect("shop.db")
con.execute("drop table if exists item")
con.execute("create table item (id integer primary key, name text, price real)")
# %%
with gzip.open("items.csv.gz", "rt") as f, con:
    con.executemany("insert into item values (?, ?, ?)", csv.reader(f))
log.info("loaded")
# %%
con.create_function("vat", 1, lambda p: round(p * 1.19, 2))
# %%
cur = con.cursor()
cur.execute("select name, sum(vat(price)) from item group by name order by 2 desc")
top = cur.fetchone()
# %%
cur.fetchone()
# %%
rest = cur.fetchall()
# %%
con.execute("update item set price = price * 2 where name = 'item 3'")
con.commit()
# %%
buffer = io.StringIO()
with contextlib.redirect_stdout(buffer):
    for line in con.iterdump():
        print(line)
# %%
with zipfile.ZipFile("dump.zip", "w") as z:
    z.writestr("dump.sql", buffer.getvalue())
# %%
con.close()
# %%
again = sqlite3.connect("shop.db")
total, = again.execute("select sum(price) from item").fetchone()
log.warning("total %s", total)
print("loss:", total / top[1], len(rest))
