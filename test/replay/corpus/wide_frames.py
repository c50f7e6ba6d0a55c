# %%
import pandas as pd

# %%
wide = pd.DataFrame({f"feature_{i}": [i * 1000.5, i * 2000.25] for i in range(14)})
wide

# %%
print(wide.describe())
error = float((wide.iloc[0] - wide.iloc[1]).abs().mean())
print(f"mae: {error:.2f}")
