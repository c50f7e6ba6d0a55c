# %%
import pandas as pd, numpy as np, os, json, datetime, calendar, io, string
from string import Template
from pathlib import Path
# %%
today = datetime.date(2024, 5, 17)
np.random.seed(4)
orders = pd.DataFrame({"id": range(120), "day": pd.to_datetime("2024-01-01") + pd.to_timedelta(np.random.randint(0, 130, 120), "D"), "eur": np.random.gamma(2, 30, 120).round(2)})
orders.to_csv("orders.csv", index=False)
# %%
df = pd.read_csv("orders.csv", index_col="id", parse_dates=["day"]).query("day < @today")
df
# %%
month = df.set_index("day").resample("MS").eur.agg(["sum", "mean", "size"])
month.index = month.index.map(lambda d: calendar.month_abbr[d.month])
# %%
styled = month.style.background_gradient("Blues").format("{:.1f}")
# %%
buf = io.StringIO(); df.info(buf=buf)
# %%
report = Template("# Report $when\n\n$table\n\nTop: $top\n")
text = report.substitute(when=today, table=month.to_string(), top=month["sum"].idxmax())
Path("report.md").write_text(text)
# %%
month.to_json("month.json", orient="split")
month.to_pickle("month.pkl.gz")
month.reset_index().to_html("month.html")
# %%
for name, part in df.groupby(df.day.dt.month):
    part.to_csv(f"part-{name:02}.csv")
# %%
parts = pd.concat(pd.read_csv(p) for p in sorted(Path().glob("part-*.csv")))
# %%
assert np.isclose(parts.eur.sum(), df.eur.sum())
again = pd.read_json("month.json", orient="split")
old = pd.read_pickle("month.pkl.gz")
# %%
def kpi(frame):
    """uses a global on purpose"""
    return frame["sum"].iloc[-1] / frame["sum"].mean() * FACTOR
FACTOR = 100
# %%
kpi(again)
# %%
FACTOR = 1
print("accuracy:", round(kpi(old), 4), "| rows", len(parts), "| mae:", (old["sum"] - again["sum"]).abs().mean())
