"""What the functions that a cell calls are, told from its names without running anything of the user's."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

_PYTHON, _NUMPY, _TORCH = ("python", "python"), ("numpy", "numpy"), ("torch", "torch")

SEEDERS: dict[str, tuple[tuple[str, str | None], ...]] = {
    "random.seed": (_PYTHON,),
    "random.Random": (("python", None),),
    "numpy.random.seed": (_NUMPY,),
    "numpy.random.default_rng": (("numpy", None),),
    "numpy.random.RandomState": (("numpy", None),),
    "numpy.random.SeedSequence": (("numpy", None),),
    "numpy.random.MT19937": (("numpy", None),),
    "numpy.random.PCG64": (("numpy", None),),
    "numpy.random.PCG64DXSM": (("numpy", None),),
    "numpy.random.Philox": (("numpy", None),),
    "numpy.random.SFC64": (("numpy", None),),
    "torch.seed": (_TORCH,),
    "torch.manual_seed": (_TORCH,),
    "torch.cuda.manual_seed": (("torch.cuda", "torch.cuda"),),
    "torch.cuda.manual_seed_all": (("torch.cuda", "torch.cuda"),),
    "tensorflow.random.set_seed": (("tensorflow", None),),
    "keras.utils.set_random_seed": (_PYTHON, _NUMPY, ("tensorflow", None)),
    "tensorflow.keras.utils.set_random_seed": (_PYTHON, _NUMPY, ("tensorflow", None)),
    "transformers.set_seed": (_PYTHON, _NUMPY, _TORCH),
    "transformers.trainer_utils.set_seed": (_PYTHON, _NUMPY, _TORCH),
    "accelerate.utils.set_seed": (_PYTHON, _NUMPY, _TORCH),
    "accelerate.utils.random.set_seed": (_PYTHON, _NUMPY, _TORCH),
    "lightning.seed_everything": (_PYTHON, _NUMPY, _TORCH),
    "lightning.fabric.utilities.seed.seed_everything": (_PYTHON, _NUMPY, _TORCH),
    "pytorch_lightning.seed_everything": (_PYTHON, _NUMPY, _TORCH),
    "fastai.torch_core.set_seed": (_PYTHON, _NUMPY, _TORCH),
}
"""What sets seeds: the library of each and the stream that it sets, None where it makes a generator.

Packages that load their parts when they are asked for have the function in the module that defines it only.
"""

_OWN = frozenset({"__main__", "builtins", "backtrail"})
_MISSING: Any = object()


class Names:
    """What names stand for: in the namespace, or, inside functions, by the imports in the sources."""

    def __init__(self, namespace: Mapping[str, Any], trees: Iterable[ast.AST]) -> None:
        self._namespace = namespace
        self._imported = {name: path for tree in trees for name, path in _imports(tree)}

    def seeder(self, callee: ast.expr) -> str | None:
        """Which of `SEEDERS` an expression stands for."""
        path = _dotted(callee)
        if not path:
            return None
        value = self._namespace.get(path[0], _MISSING)
        if value is not _MISSING:
            value = _walk(value, path[1:])
        if value is not _MISSING:
            return next((name for name in SEEDERS if _named(name) is value), None)
        if path[0] not in self._imported:
            return None
        whole = ".".join([self._imported[path[0]], *path[1:]])
        return whole if whole in SEEDERS else None

    def library(self, callee: ast.expr) -> str | None:
        """The top-level module that a function, a class or the type of an object comes from."""
        while isinstance(callee, (ast.Call, ast.Subscript)):
            callee = callee.func if isinstance(callee, ast.Call) else callee.value
        if isinstance(callee, ast.Attribute) and not _dotted(callee):
            return self.library(callee.value)
        path = _dotted(callee)
        if not path:
            return None
        root = self._namespace.get(path[0], _MISSING)
        if root is _MISSING:
            module = self._imported.get(path[0])
        elif is_a(root, ModuleType):
            module = object.__getattribute__(root, "__dict__").get("__name__")
        else:
            itself = is_a(root, type) or (callable(root) and len(path) == 1)
            module = _module(root if itself else type(root))
        top = module.partition(".")[0] if isinstance(module, str) else None
        return None if top in _OWN else top


def is_a(value: Any, kind: type) -> bool:
    """``isinstance`` without asking the value, which may answer with code of its own."""
    return issubclass(type(value), kind)


def attributes(owner: type) -> Mapping[str, Any]:
    """``vars`` of a class without asking its metaclass."""
    found: Mapping[str, Any] = type.__dict__["__dict__"].__get__(owner)
    return found


def _dotted(node: ast.expr) -> list[str]:
    """``a.b.c`` as its parts; empty for what is not just names."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return [node.id, *reversed(names)] if isinstance(node, ast.Name) else []


def _imports(tree: ast.AST) -> Iterable[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                yield (alias.asname, alias.name) if alias.asname else (top, top)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _walk(value: Any, names: Iterable[str]) -> Any:
    """Follows attributes of modules by their dictionaries: some modules load others when they are asked."""
    for name in names:
        own = object.__getattribute__(value, "__dict__") if is_a(value, ModuleType) else {}
        value = own.get(name, _MISSING)
    return value


def _named(path: str) -> Any:
    top, *names = path.split(".")
    return _walk(sys.modules.get(top), names)


def _module(owner: Any) -> Any:
    if is_a(owner, type):
        return attributes(owner).get("__module__")
    try:
        return object.__getattribute__(owner, "__module__")
    except AttributeError:
        return attributes(type(owner)).get("__module__")
