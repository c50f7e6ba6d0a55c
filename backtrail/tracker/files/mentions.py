"""The paths that a cell uses: for those who read and write files without Python being told."""

from __future__ import annotations

import ast
import os
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from types import CodeType, FunctionType
from typing import Any, NamedTuple

from .expressions import Expressions, called_name

_words = str.split

# What does not read or write the files that it is given the names of.
_HARMLESS = frozenset(
    _words("""
    print len str repr type isinstance format display Path PosixPath PurePath join joinpath exists isfile
    isdir is_file is_dir makedirs mkdir remove unlink rmtree basename dirname splitext getsize stat
    getmtime listdir glob rglob iglob iterdir scandir walk chdir abspath realpath relpath expanduser
    normpath split rsplit replace strip startswith endswith append extend add insert update get pop
    setdefault sorted set list dict tuple enumerate zip map filter max min sum info warning debug error
    exception title set_title suptitle xlabel ylabel set_xlabel set_ylabel legend text annotate label
    import_module __import__ getenv add_argument log_artifact log_artifacts log_param log_params
    log_dataset set_tag set_experiment set_tracking_uri start_run run_line_magic run_cell_magic
    with_suffix with_name symlink_to touch rename fspath sub match search compile findall assertTrue input
    datetime strftime strptime count index lower upper
    """)
)
_SHELLS = frozenset({"system", "getoutput", "popen", "run", "call", "check_call", "check_output", "Popen"})
_SHELL_MAGICS = frozenset({"bash", "sh", "script", "sx", "system", "cmd", "!", "!!"})
_PLACES = ("out", "save", "log", "dest", "target", "checkpoint", "cache", "export")
_WANTED = frozenset({ast.Call, ast.For, ast.comprehension})
_FUNCTIONS = frozenset({ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda})
_LEAVES = frozenset(
    {
        str,
        int,
        float,
        bool,
        bytes,
        complex,
        type(None),
        type(...),
        ast.Name,
        ast.Constant,
        ast.Load,
        ast.Store,
    }
    | {ast.Del, ast.alias, ast.Import, ast.ImportFrom, ast.Pass, ast.operator, ast.arguments}
    | {kind for base in (ast.operator, ast.cmpop, ast.unaryop, ast.boolop) for kind in base.__subclasses__()}
)
_ANY = re.compile(r"\w")
_LONGEST = 1024
_MOST = 400
_DEEPEST = 3


class Mention(NamedTuple):
    """A path as the cell has it. ``how`` is mentioned or child; ``place``: it may be where something goes."""

    text: str
    how: str
    place: bool


def mentions(trees: Iterable[ast.AST], namespace: Mapping[str, Any]) -> list[Mention]:
    """The paths among the arguments of calls in a cell, and in functions of the notebook that it calls."""
    finder = _Finder(namespace)
    for tree in trees:
        for node in _executed(tree):
            if isinstance(node, ast.Call):
                finder.call(node)
            elif isinstance(node, (ast.For, ast.comprehension)):
                finder.loop(node)
            if len(finder.found) > _MOST:
                break
    return list(finder.found)


def words(command: Any) -> Iterator[str]:
    """The words of a command that may be paths: of a line for the shell, or of a list of arguments."""
    if isinstance(command, (list, tuple)):
        parts = [part for part in command if type(part) is str]
        shell = os.path.basename(parts[0]) if parts else ""
        if len(parts) == 3 and parts[1] in ("-c", "-lc") and shell in ("sh", "bash", "zsh"):
            yield from words(parts[2])
            return
        text = None
    else:
        text = os.fsdecode(command) if isinstance(command, bytes) else command
        if type(text) is not str:
            return
        parts = []
    if text is not None:
        try:
            lexer = shlex.shlex(text, posix=True, punctuation_chars=True)
            lexer.whitespace_split = True
            parts = list(lexer)
        except ValueError:
            parts = text.split()
    for part in parts:
        for piece in (part, part.partition("=")[2]):
            if piece and _is_path(piece, bare=True):
                yield piece


class _Finder:
    def __init__(self, namespace: Mapping[str, Any]) -> None:
        self.found: dict[Mention, None] = {}
        self._namespace = namespace
        self._expressions = Expressions(namespace)
        self._followed: set[int] = set()

    def call(self, node: ast.Call) -> None:
        name = called_name(node)
        if name in _SHELLS or name in ("run_line_magic", "run_cell_magic"):
            self._shell(name, node)
        if isinstance(node.func, ast.Name):
            self._follow(self._namespace.get(node.func.id), 0)
        if name in _HARMLESS:
            return
        for argument in node.args:
            self._add(argument, False)
        for keyword in node.keywords:
            if keyword.arg == "env":
                # The paths in an environment are for whoever finds them there.
                continue
            self._add(keyword.value, any(word in (keyword.arg or "") for word in _PLACES))

    def loop(self, node: ast.For | ast.comprehension) -> None:
        """A loop over a list of paths: the name of one is an argument somewhere inside."""
        if isinstance(node.iter, ast.Name):
            self._add(node.iter, False)
        elif isinstance(node.iter, ast.Call) and called_name(node.iter) in ("tqdm", "sorted", "enumerate"):
            for argument in node.iter.args[:1]:
                if isinstance(argument, ast.Name):
                    self._add(argument, False)

    def _add(self, node: ast.expr, place: bool) -> None:
        for text in self._expressions.texts(node):
            if _is_path(text) and not text.endswith(".py"):
                self.found[Mention(text, "mentioned", place)] = None

    def _shell(self, name: str, node: ast.Call) -> None:
        texts = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
        if name in ("run_line_magic", "run_cell_magic"):
            texts = texts[1:] if texts and texts[0] in _SHELL_MAGICS else []
        for text in texts:
            if isinstance(text, str):
                for word in words(self._expressions.command(text)):
                    self.found[Mention(word, "child", False)] = None

    def _follow(self, function: Any, depth: int) -> None:
        """The texts and global names of a function that the notebook defines."""
        if type(function) is not FunctionType or function.__globals__ is not self._namespace:
            return
        if id(function.__code__) in self._followed or depth > _DEEPEST:
            return
        self._followed.add(id(function.__code__))
        for code in _codes(function.__code__):
            for constant in code.co_consts:
                if type(constant) is str and _is_path(constant) and not constant.endswith(".py"):
                    self.found[Mention(constant, "mentioned", False)] = None
            for name in code.co_names:
                value = self._namespace.get(name)
                if type(value) is FunctionType:
                    self._follow(value, depth + 1)
                else:
                    self._add(ast.Name(name, ast.Load()), False)


def _executed(tree: ast.AST) -> Iterator[ast.AST]:
    """The calls and loops of a cell, but for those in functions, which may never be called."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        kind = type(node)
        if kind in _WANTED:
            yield node
        elif kind in _FUNCTIONS:
            continue
        # By hand, for every cell waits for this.
        for name in node._fields:
            child = getattr(node, name, None)
            if type(child) is list:
                waiting += [one for one in child if type(one) not in _LEAVES]
            elif type(child) not in _LEAVES:
                waiting.append(child)  # type: ignore[arg-type]


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if type(constant) is CodeType:
            yield from _codes(constant)


def _is_path(text: str, bare: bool = False) -> bool:
    """Whether a text may be a path. ``bare``: it need not look like one."""
    if not text or len(text) > _LONGEST or text[0] in "-&|;<>(" or "\n" in text or "\0" in text:
        return False
    if "://" in text or not _ANY.search(text):
        # "/" between two numbers is none.
        return False
    return bare or "/" in text or os.sep in text or "." in text[1:]
