"""Which cells can call nothing of what they import, so that listening to it can wait for their answer."""

from __future__ import annotations

from functools import partial
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from backtrail.tracker.adapters.waiting import Waiting
from backtrail.tracker.cellcode import CellCode

LIBRARY = ModuleType("library")
LOADER = SourceFileLoader("library", "library.py")


def _at(path: str) -> ModuleSpec:
    return ModuleSpec("one", LOADER, origin=path)


class Cell:
    """A cell that is going on, in which libraries are imported."""

    def __init__(self, source: str) -> None:
        self.attended: list[str] = []
        self.names: dict[str, Any] = {}
        self.code = CellCode(source, source)
        self.waiting = Waiting(
            SimpleNamespace(user_ns=self.names), lambda name, module: self.attended.append(name)
        )
        self.waiting.begins(self.code)

    def imports(self, **names: Any) -> bool:
        """Whether a library that is imported now waits; ``names``: by code with such global names."""
        space = {**names} if names else self.names
        space |= {"takes": partial(self.waiting.takes, "library", LIBRARY), "__builtins__": __builtins__}
        exec("took = takes()" if not names else "def inner():\n global took\n took = takes()", space)
        if names:
            self.names["inner"] = space["inner"]
            exec("inner()", self.names)
        return bool(space["took"])


@pytest.mark.parametrize(
    "source",
    [
        "import pandas as pd, sklearn.ensemble",
        "'''What it is for.'''\nfrom pandas import DataFrame\nSEED = 42\nLAYERS = [64, -1]",
        "import warnings\nwarnings.filterwarnings('ignore')\nimport pandas",
        "import numpy as np\nimport seaborn as sns\nnp.random.seed(1)\nsns.set_theme(style='dark')",
        "import matplotlib.pyplot as plt\nget_ipython().run_line_magic('matplotlib', 'inline')\n"
        "plt.style.use('ggplot')",
        "import pandas\nget_ipython().run_line_magic('load_ext', 'autoreload')",
    ],
)
def test_a_cell_that_imports_and_sets_options_waits(source: str) -> None:
    cell = Cell(source)
    assert cell.imports()
    assert cell.attended == []
    cell.waiting.ends(cell.code)
    assert cell.attended == ["library"]


@pytest.mark.parametrize(
    "source",
    [
        "import pandas as pd\ndata = pd.read_csv('a.csv')",
        "import pandas as pd\npd.read_csv('a.csv')",
        "import train\ntrain.seed(1)",
        "import pandas\nseed(1)",
        "import numpy as np\nnp.random.seed(now())",
        "import pandas\nfor one in (1, 2):\n    pass",
        "import pandas\nvalue = f'{thing}'",
        "import pandas\nthing.size = 3",
        "import pandas\nget_ipython().run_line_magic('run', 'train.py')",
        "import pandas\nget_ipython().run_cell_magic('time', '', 'import numpy')",
        "import pandas as",
    ],
)
def test_a_cell_that_may_call_something_does_not(source: str) -> None:
    cell = Cell(source)
    assert not cell.imports()


def test_what_code_of_the_users_imports_does_not_wait(tmp_path: Path) -> None:
    cell = Cell("import pandas")
    assert not cell.imports(__file__=str(tmp_path / "mine.py"), __name__="mine")
    assert not cell.imports(__name__="made_up")


def test_what_an_installed_module_imports_waits() -> None:
    cell = Cell("import pandas")
    assert cell.imports(__file__=pytest.__file__, __name__="pytest")


def test_what_is_imported_beside_a_cell_does_not_wait() -> None:
    cell = Cell("import pandas")
    # No frame of the cell's led here.
    assert not cell.waiting.takes("library", LIBRARY)


def test_cells_that_go_on_beside_each_other_do_not_wait() -> None:
    cell = Cell("import pandas")
    assert cell.imports()
    cell.waiting.begins(CellCode("import numpy"))
    assert cell.attended == ["library"]
    assert not cell.imports()


def test_it_waits_for_modules_of_the_users_no_longer(tmp_path: Path) -> None:
    cell = Cell("import pandas, mine")
    assert cell.imports()
    assert cell.waiting
    folder = ModuleSpec("folder", None, is_package=True)
    for spec in (ModuleSpec("a", LOADER, origin="built-in"), _at(pytest.__file__), folder):
        cell.waiting.meets(spec)
    assert cell.attended == []
    assert cell.waiting.knows([pytest.__file__])
    assert not cell.waiting.knows([str(tmp_path)])
    assert not cell.waiting.knows(None)
    cell.waiting.meets(_at(str(tmp_path / "mine.py")))
    assert cell.attended == ["library"]
    assert not cell.waiting
