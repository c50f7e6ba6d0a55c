"""One execution, looked at when it has ended: what it may have used, and what is not as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from . import harmless
from .fingerprint import Look, look
from .fingerprint.clock import clock
from .fingerprint.kinds import identity
from .flow import CellNames
from .names import displayed, own
from .records import Record, Records

_CHEAP = 0.0003
"""Seconds: a look at what takes no longer is taken again without asking whether it is needed."""
_THIN = 0.0015
_THIN_IN_ALL = 0.003


class Moment(NamedTuple):
    """What is known of the notebook around an execution: the identities of all names, before and after."""

    before: Mapping[str, int]
    now: Mapping[str, int]
    rebound: list[str]
    """All names that stand for something else, IPython's too."""
    gone: list[str]
    namespace: dict[str, Any]
    hidden: Any
    """The names that IPython brought."""


class Examination:
    """Follows the names that a cell used to others, and looks at those that may have changed.

    ``was`` gives the record of a name from before the execution; ``seconds`` is what exact looks may take in
    all. Afterwards ``reads``, ``bound``, ``changed``, ``assumed`` and ``deleted`` tell the names, ``looks``
    how those that were looked at are now.
    """

    def __init__(  # noqa: PLR0917
        self,
        moment: Moment,
        cell: CellNames,
        trees: Iterable[Any],
        was: Callable[[str], Record | None],
        records: Records,
        seconds: float,
        secret: Callable[[str, Any], bool],
    ) -> None:
        self._moment = moment
        self._cell = cell
        self._trees = trees
        self._was = was
        self._records = records
        self._until = clock() + seconds
        self._thin_left = _THIN_IN_ALL
        self._secret = secret
        self._by_value: dict[int, Look] = {}
        self._touched: harmless.Touched | None = None
        self._reached: dict[str, int] = {}
        """The names that may have been used, with the position in the cell where that began."""
        self._followed = 0
        self._direct: set[str] = set()
        self._within: set[str] = set()
        """The names that functions, classes and objects use, whether the cell itself does or not."""
        self._spared: set[str] = set()
        """The names that nothing is known of that may change them, and that take long to be looked at."""
        self.looks: dict[str, Look] = {}
        self.reads: list[str] = []
        self.bound: list[str] = []
        self.changed: list[str] = []
        self.assumed: set[str] = set()
        """Those of ``changed`` that only may have been."""
        self.deleted: list[str] = []
        self.stores: set[str] = set(cell.stores)
        self.patches: set[str] = set(cell.patches)
        self.builtins: set[str] = set()
        """Names that functions used and that are none of the notebook's."""

    def run(self, finished: bool, displayed: Iterable[str]) -> None:
        """Examines. ``finished``: the cell came to its end; ``displayed`` are old results that it used."""
        now = self._moment.now
        rebound = [name for name in self._moment.rebound if self._mine(name)]
        sure = [name for name in self._cell.sure if name in now and self._mine(name)] if finished else []
        self.bound = list(dict.fromkeys([*rebound, *sure]))
        self.deleted = [name for name in self._moment.gone if self._was_mine(name)]
        used = set(self.bound)
        for name, position in {**self._cell.loads, **dict.fromkeys(displayed, 0)}.items():
            self._reach(name, position, used)
            self._direct.add(name)
        self._follow()
        for name in self.bound:
            self._see(name)
        self._follow()
        for name in self._spared & self._within:
            # The cell itself leaves it alone, but not all that it called may have.
            self._see(name)
        self._follow()
        self.reads = sorted(name for name, position in self._reached.items() if self._is_read(name, position))
        self._compare()

    def views(self) -> frozenset[tuple[str, str]]:
        """Pairs of a name and one that it may be a part of, where that was asked."""
        return self._touched.views if self._touched is not None else frozenset()

    def is_partial(self, name: str) -> bool:
        """Whether not all that a name is made of was seen."""
        record = self._was(name)
        found = self.looks.get(name, record.look if record is not None else None)
        return found is not None and found.partial

    def groups_of(self) -> dict[str, Look]:
        """The names that were touched, and their relatives, with how they are now."""
        found = dict(self.looks)
        for name in self._reached:
            record = self._records.get(name)
            if name not in found and record is not None and name in self._moment.now:
                found[name] = record.look
        for look_ in list(found.values()):
            if not look_.members and not look_.ranges:
                continue
            for name in self._records.relatives(look_):
                record = self._records.get(name)
                if name not in found and record is not None and self._moment.now.get(name) == record.identity:
                    found[name] = record.look
        return found

    # Names

    def _mine(self, name: str) -> bool:
        return own(name, self._moment.hidden, self._moment.now[name])

    def _was_mine(self, name: str) -> bool:
        return own(name, self._moment.hidden, self._moment.before[name])

    def _is_read(self, name: str, position: int) -> bool:
        if name not in self._moment.before:
            return False
        if name in self._cell.reads:
            return True
        if name in self._cell.loads and name not in self._within:
            # Wherever the cell loads it, it has bound it before: in each round of a loop, in a branch.
            return False
        return not (name in self._cell.sure and self._cell.sure[name] < position)

    def _reach(self, name: str, position: int, bound: Iterable[str] = ()) -> None:
        if name in self._reached:
            return
        before, now = self._moment.before, self._moment.now
        if (
            (name in now and self._mine(name))
            or (name in before and self._was_mine(name))
            or name in bound
            or (name in now and displayed(name))
        ):
            self._reached[name] = position

    def _follow(self) -> None:
        """From functions, classes and objects to the names that their code uses."""
        done = self._followed
        names = list(self._reached)
        while done < len(names):
            name = names[done]
            done += 1
            position = self._reached[name]
            self._see_if_needed(name)
            old = self._was(name)
            for one in (old.look if old is not None else None, self.looks.get(name)):
                if one is not None:
                    self._follow_look(one, position)
            if done == len(names):
                names = list(self._reached)
        self._followed = done

    def _follow_look(self, one: Look, position: int) -> None:
        self._within.update(one.loads)
        for name in one.loads:
            self._reach(name, position)
            if name not in self._reached:
                self.builtins.add(name)
        self.stores |= one.stores
        self.patches |= one.patches
        if one.kinds:
            for name, value in self._moment.now.items():
                if value in one.kinds:
                    self._within.add(name)
                    self._reach(name, position)

    # Looks

    def _see_if_needed(self, name: str) -> None:
        record = self._was(name)
        now = self._moment.now.get(name)
        if now is None or name in self.looks:
            return
        costly = record is not None and record.identity == now and record.look.weight > _CHEAP
        if costly and name in self._direct and not self._may_change(name):
            self._spared.add(name)
        else:
            self._see(name)

    def _may_change(self, name: str) -> bool:
        """Whether the cell uses a name in a way that may change its value, itself or through a part of it."""
        if self._touched is None:
            self._touched = harmless.read(self._trees, self._moment.namespace)
        touched = self._touched
        waiting, seen = [name], {name}
        while waiting:
            one = waiting.pop()
            if one in touched.names:
                return True
            for part, whole in touched.views:
                if whole == one and part not in seen:
                    seen.add(part)
                    waiting.append(part)
        return False

    def _see(self, name: str) -> None:
        namespace = self._moment.namespace
        if name in self.looks or name not in namespace:
            return
        value = namespace[name]
        known = self._by_value.get(identity(value))
        if known is None:
            begun = clock()
            thin = min(_THIN, self._thin_left)
            late = begun >= self._until
            found = look(value, self._until, namespace, self._secret, sample=late, thin=thin)
            if found.seen in ("sampled", "skipped"):
                self._thin_left = max(0.0, self._thin_left - max(0.0, clock() - max(begun, self._until)))
            self._by_value[identity(value)] = known = found
        self.looks[name] = known

    # Changes

    def _compare(self) -> None:
        bound = set(self.bound)
        for name in self.stores - bound - set(self._reached):
            if name in self._moment.now and self._mine(name):
                self._see(name)
        candidates = [name for name in self.looks if name not in bound]
        for name in candidates:
            self._judge(name)
        # What shares something with a value that changed has changed as well.
        waiting = [*self.changed, *(name for name in self._direct if self._was(name) is None)]
        waiting += [name for name in self.bound if self._changed_and_bound(name)]
        waiting += [name for name in self._direct if self._leads_on(name) and self._may_change(name)]
        while waiting:
            name = waiting.pop()
            for relative in self._relatives(name) - bound - set(self.changed):
                if relative not in self._moment.now:
                    continue
                self._see(relative)
                if self._judge(relative, related=True):
                    waiting.append(relative)

    def _leads_on(self, name: str) -> bool:
        """Whether a value lets others be changed while it stays, as a loss does by ``backward``."""
        old, new = self._was(name), self.looks.get(name)
        return any(one is not None and one.beyond for one in (old.look if old is not None else None, new))

    def _changed_and_bound(self, name: str) -> bool:
        """Whether a name was bound to the object that it stood for, which changed, as by ``a += 1``."""
        old, new, before = self._was(name), self.looks.get(name), self._moment.before.get(name)
        if old is None or new is None or before is None or before != self._moment.now.get(name):
            return False
        return old.look.differs(new) or not new.compared

    def _relatives(self, name: str) -> set[str]:
        found: set[str] = set(self._records.whole_of(name))
        old = self._was(name)
        for one in (old.look if old is not None else None, self.looks.get(name)):
            if one is not None:
                found |= self._records.relatives(one)
        found.discard(name)
        return found

    def _judge(self, name: str, related: bool = False) -> bool:
        """Compares a name with what it was; True when it changed, or may have."""
        old, new = self._was(name), self.looks.get(name)
        if new is None or self._moment.before.get(name) != self._moment.now.get(name):
            return False
        if name in self.changed:
            return True
        comparable = old is not None and old.look.seen == new.seen and new.fingerprint is not None
        differs = comparable and old is not None and old.look.differs(new)
        unclear = not differs and not (comparable and new.compared)
        if unclear and (related or name not in self._direct or self._may_change(name)):
            self.assumed.add(name)
        if differs or name in self.assumed:
            self.changed.append(name)
        return name in self.changed
