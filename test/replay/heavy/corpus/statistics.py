# %%
import matplotlib.pyplot as plt, pandas as pd, numpy as np
import statsmodels.api as sm, statsmodels.formula.api as smf
plt.style.use("seaborn-v0_8-whitegrid")
%matplotlib inline
# %%
np.random.seed(4)
df = pd.DataFrame({"x": np.random.randn(80), "g": np.random.choice(list("ab"), 80)})
df["y"] = 2 * df.x + (df.g == "a") + np.random.randn(80)
# %%
g = df.plot.scatter("x", "y")
# %%
g.set_xlabel("X")
g.figure.savefig("lm.pdf")
# %%
fit = smf.ols("y ~ x + C(g)", df).fit()
fit.summary()
# %%
plt.style.use("dark_background")
ax = df.boxplot("y", by="g")
ax.figure.savefig("box.png", dpi=40)
# %%
print(fit.summary().tables[1])
# %%
infl = fit.get_influence().cooks_distance[0]
df = df[infl < 4 / len(df)]
# %%
fit2 = smf.ols("y ~ x * C(g)", df).fit()
anova = sm.stats.anova_lm(fit, typ=2)
anova
# %%
print("r2:", fit2.rsquared, "aic:", fit2.aic)
print("mse:", fit2.mse_resid)
