"""Which files say nothing about a result: those of the interpreter, its packages, the system and Jupyter."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterable

_words = str.split

_SYSTEM = _words("""
    /proc/ /sys/ /dev/ /etc/ /run/user/ /run/lock/ /usr/lib /usr/share/ /usr/local/lib/python
    /usr/local/share/ /var/cache/ /lib/ /lib64/ /System/Library/ /Library/Fonts/
""")
_IN_PREFIX = _words("""
    lib lib64 lib32 Lib DLLs libs Library include Include share etc bin Scripts ssl pkgs conda-meta
""")
_AT_HOME = _words("""
    .ipython .jupyter .local/share/jupyter .local/lib .local/etc/jupyter .ssh .config/matplotlib .matplotlib
    .fontconfig .fonts .aws .kaggle .netrc .nv .triton .config/gcloud .config/pip .gitconfig
    .config/git .docker .npmrc .pypirc .git-credentials .condarc .theanorc
""")
_IN_CACHE = _words("""
    matplotlib fontconfig pip torch_extensions torch/kernels numba uv huggingface/token
    huggingface/stored_tokens huggingface/modules huggingface/accelerate
""")
COMPILED = (".pyc", ".pyo")
_ENDINGS = _words("""
    .so .pyd .dll .dylib .ttf .otf .afm .pfb .mplstyle .nbi .nbc .ipynb .lock .incomplete
    /matplotlibrc /pyvenv.cfg /.git-credentials /.netrc /py.typed
""")
_PARTS = _words("""
    /__pycache__/ /site-packages/ /dist-packages/ /.git/ /.ipynb_checkpoints/ .dist-info/ .egg-info/
    /joblib_memmapping_folder_ /torchinductor_ /.pytest_cache/ /.mypy_cache/ /.virtual_documents/ /ipykernel_
""")
_VARIABLES = _words("""
    JUPYTER_CONFIG_DIR JUPYTER_DATA_DIR JUPYTER_RUNTIME_DIR IPYTHONDIR MPLCONFIGDIR NUMBA_CACHE_DIR
    TRITON_CACHE_DIR TORCHINDUCTOR_CACHE_DIR
""")


_SETTINGS = (".json", ".toml", ".yaml", ".yml", ".ini", ".cfg", ".conf")
_MOST_FOLDERS = 20_000


class Noise:
    """Tells which paths are left out: ``own`` are folders of Backtrail's."""

    def __init__(self, own: Iterable[str]) -> None:
        self._ends = (*COMPILED, *_ENDINGS)
        self.starts = tuple(dict.fromkeys([*_prefixes(), *(os.path.join(folder, "") for folder in own)]))
        """Beginnings of absolute paths."""
        self._exact = frozenset(self.starts)
        self._folders: dict[str, bool] = {}
        home = os.path.expanduser("~")
        self._hidden = "" if home == "~" else os.path.join(home, ".")

    def covers(self, path: str) -> bool:
        """Whether an absolute path is left out."""
        folder = path.rpartition(os.sep)[0]
        known = self._folders.get(folder)
        if known is None:
            if len(self._folders) > _MOST_FOLDERS:
                self._folders.clear()
            inside = folder + "/"
            known = inside.startswith(self.starts) or any(part in inside for part in _PARTS)
            self._folders[folder] = known
        return known or path in self._exact or path.endswith(self._ends) or self._is_setting(folder, path)

    def _is_setting(self, folder: str, path: str) -> bool:
        """Whether a file is one in which a tool keeps its settings, such as ``~/.keras/keras.json``."""
        hidden = bool(self._hidden) and folder.startswith(self._hidden) and path.endswith(_SETTINGS)
        return hidden and os.sep not in folder[len(self._hidden) :]


def _prefixes() -> list[str]:
    found = list(_SYSTEM) if os.name == "posix" else []
    bases = {sys.prefix, sys.base_prefix, sys.exec_prefix, getattr(sys, "base_exec_prefix", sys.prefix)}
    # Not all of a prefix: notebooks may stand inside of one.
    found += [os.path.join(base, name, "") for base in sorted(bases) for name in _IN_PREFIX]
    for name in ("stdlib", "platstdlib", "purelib", "platlib"):
        path = sysconfig.get_path(name)
        if path:
            found.append(os.path.join(path, ""))
    home = os.path.expanduser("~")
    if home != "~":
        found += [os.path.join(home, *name.split("/")) for name in _AT_HOME]
        cache = os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")
        found += [os.path.join(cache, *name.split("/")) for name in _IN_CACHE]
    variables = (os.environ.get(name) for name in _VARIABLES)
    found += [os.path.join(os.path.abspath(value), "") for value in variables if value]
    return found


def too_wide(folder: str, working: str) -> bool:
    """Whether a folder is too much to be an input: the working directory, what is above it, or home."""
    inside = os.path.join(working, "").startswith(os.path.join(folder, ""))
    return inside or folder in (os.path.expanduser("~"), "/tmp", "/var/tmp")


def holds_secrets(path: str) -> bool:
    """Whether a file is one that is made to hold secrets: it is named, but neither hashed nor kept."""
    name = os.path.basename(path).lower()
    return (
        name in ("credentials", "kaggle.json", "secrets.toml", "service_account.json", "id_rsa", "id_ed25519")
        or name == ".env"
        or name.startswith(".env.")
        or name.endswith((".pem", ".key", ".p12", ".pfx", ".keystore"))
    )
