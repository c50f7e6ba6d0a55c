"""The code that runs the corpus lies beside the notebooks, and is a program of its own as well."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
