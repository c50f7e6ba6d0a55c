"""What a printed line says: which of its numbers are metrics, and of which step. Pure text, no state."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ..names import words
from . import pieces


class Counter(NamedTuple):
    """``Epoch 3/10``: ``word`` is empty for a count that has no name, ``total`` None when it is not said."""

    word: str
    value: float
    total: float | None


class Item(NamedTuple):
    """One metric of a line. ``places`` are the decimal places printed, None when it was not rounded.

    ``sure`` False: only its varying with a counter makes it a metric.
    """

    name: str
    value: float
    places: int | None
    percent: bool
    sure: bool


class Line(NamedTuple):
    """All that a line says."""

    counters: list[Counter]
    items: list[Item]


_NOTHING = Line([], [])
_BAR = re.compile(
    r"^(?P<desc>.*?)[:\s]*\d{1,3}%\|[^|]*\|\s*(?P<n>\d+)(?:\.\d+)?/(?P<total>\d+)\s*\[[^\],]*(?:,\s*(?P<rest>.*?))?\]?\s*$"
)
_KERAS = re.compile(
    r"^\s*(\d+)/(\d+)\s+(?:[━╸╺\u2500-\u257f\s]+|\[[=>.]*\])\s*(?:-?\s*(?:ETA:\s*)?\d+:?\w*s?\s)?(?:\s*\d+m?s/(?:step|epoch|sample))?(.*)$"
)


def parse(line: str, names: Sequence[str | None] = ()) -> Line:
    """Reads one line as `pieces.clean` gives it.

    ``names`` are names for its numbers in order, where the code that printed it tells them.
    """
    if not line or len(line) > pieces.LONGEST:
        return _NOTHING
    if "%|" in line:
        bar = _BAR.match(line)
        if bar:
            return _bar(bar)
    elif "/" in line and line.lstrip()[:1].isdigit():
        keras = _KERAS.match(line)
        if keras:
            return Line([], _plain(keras.group(3), ()).items)
    return _plain(line, names)


def _bar(bar: re.Match[str]) -> Line:
    """A bar of tqdm: its postfix has the metrics."""
    described = _plain(bar.group("desc"), ())
    rest = _plain(bar.group("rest") or "", ())
    counter = Counter("", float(bar.group("n")), float(bar.group("total")))
    return Line([*described.counters, counter], [*described.items, *rest.items])


def _plain(line: str, names: Sequence[str | None]) -> Line:
    texts, numbers = pieces.split(line)
    if not numbers or len(numbers) > 60:
        return _NOTHING
    whole = tuple(number.lstrip("+-").isdigit() for number in numbers)
    roles = _roles(texts, whole, tuple(names) if names else ())
    counters: list[Counter] = []
    items: list[Item] = []
    suffix = ""
    for role, number, following in zip(roles, numbers, texts[1:]):
        if role is None:
            continue
        amount = pieces.value(number)
        if role.kind == "counter":
            counters.append(Counter(role.name, amount, None))
        elif role.kind == "total" and counters:
            counters[-1] = counters[-1]._replace(total=amount)
        elif role.kind == "ratio" and items and amount:
            last = items[-1]
            items[-1] = last._replace(value=last.value / amount, places=None)
        elif role.kind == "suffix":
            suffix = f"_{role.name}_{number}"
        elif role.kind == "metric":
            percent = following.lstrip(" ").startswith("%")
            places = pieces.decimals(number)
            items.append(Item(role.name + suffix, amount, places, percent, role.sure))
            suffix = ""
    if any(not item.sure for item in items):
        counted = bool(counters)
        items = [item for item in items if item.sure or (counted and _may_be(item))]
    return Line(counters, items)


def _may_be(item: Item) -> bool:
    return item.places is None or item.places != 0


class _Role(NamedTuple):
    kind: str
    name: str = ""
    sure: bool = True


_SEPARATOR = re.compile(
    r"[|,;\t{}]|\s[-\u2013\u2014]+>?\s|\s*=>\s*|\.\s|\.{2,}|\s{3,}|\u2192|(?<!\w)[\d.]+[A-Za-z]+\b"
)
_CONNECTED = re.compile(r"[:=~\u2248(\[<>'\"*#_]+\s*$|\bis:?\s*$|\b(?:was|of|to|at)\s*$")
_WORDY = re.compile(r"[A-Za-z]")
_LABEL_WORD = re.compile(r"[A-Za-z\u00b2\u03c1\u03c7](?:[\w.@^/\u00b2-]*[\w\u00b2%])?")
_TAKES_TOTAL = re.compile(r"^\s*(?:/|of|out of)\s*$", re.I)
_COUNTED = re.compile(r"^[ -](?!is\b|was\b|at\b|for\b|in\b|on\b|after\b|and\b|\()([a-z]{3,})", re.I)
_STOP = words.word_set(
    """
    the a an on of for in at after with and to from by over than is was our your this that using when
    per so far
    """
)
_BOUND = words.word_set("for at after on with in using when of k per")
_CHARACTERS = re.compile(r"[\w\s]")


@lru_cache(maxsize=2048)
def _roles(
    texts: tuple[str, ...], whole: tuple[bool, ...], names: tuple[str | None, ...]
) -> tuple[_Role | None, ...]:
    """What each number of such a line is. It depends on the texts alone, so that a loop pays for it once."""
    return _Roles(texts, whole, names).find()


class _Label(NamedTuple):
    words: tuple[str, ...]
    split: str | None
    """Of the group before it, as in ``Train: loss 0.3``."""


class _Roles:
    def __init__(
        self, texts: tuple[str, ...], whole: tuple[bool, ...], names: tuple[str | None, ...]
    ) -> None:
        self.texts = texts
        self.whole = whole
        self.names = names
        self.found: list[_Role | None] = []
        self.group: str | None = None
        """The part of the data that the present group of the line is of."""
        self.carried: tuple[str, ...] = ()
        """The words before a counter, which name the number after it: ``Cost after iteration 100: 0.3``."""

    def find(self) -> tuple[_Role | None, ...]:
        for index in range(len(self.whole)):
            self.found.append(self._role(index))
        self._inherit()
        return tuple(self.found)

    def _role(self, index: int) -> _Role | None:  # noqa: PLR0911
        before, after = self.texts[index], self.texts[index + 1]
        previous = self.found[-1] if self.found else None
        if index and _TAKES_TOTAL.match(before):
            if previous is not None and previous.kind == "counter":
                return _Role("total")
            if previous is not None and previous.kind == "metric":
                return None if self._has_percent(index) else _Role("ratio")
            if self.whole[index] and self.whole[index - 1] and not self._wordy(index - 1):
                # [ 64/60000] without a name.
                self.found[-1] = _Role("counter")
                return _Role("total")
            return None
        if index and re.match(r"^\s*%?\s*\(?\s*(?:\+/-|\u00b1|\+-|\+\\-)\s*$", before):
            spread = previous is not None and previous.kind == "metric"
            return _Role("metric", f"{previous.name}_std", previous.sure) if previous and spread else None
        own = self.names[index] if index < len(self.names) else None
        if not _WORDY.search(before):
            return self._unnamed(index, before, after, own)
        label = self._label(before, index)
        if not label.words:
            return self._unnamed(index, "", after, own)
        carried, self.carried = self.carried, ()
        role = self._named(index, label, after, own)
        if carried and (role is None or not role.sure):
            # Accuracy on the 10000 test images: 53 %, Accuracy after 5 epochs: 0.9
            name = words.normal(" ".join(carried))
            if words.is_metric(name) and re.search(r"[:=]\s*$|\bis\s*$", before):
                part = words.split_of(words.normal(" ".join(label.words)))
                self.carried = ()
                return _Role("metric", self._phrase(carried, part))
        return role

    def _named(self, index: int, label: _Label, after: str, own: str | None) -> _Role | None:  # noqa: PLR0911, PLR0912
        name = words.normal(" ".join(label.words))
        last = words.normal(label.words[-1])
        if last in words.STEPS and self._counts(label.words):
            self.carried = label.words[:-1]
            return _Role("counter", last)
        counted = _COUNTED.match(after)
        if counted and self.whole[index] and not self._ends_as_label(index):
            # 10000 test images: so many of them.
            following = words.normal(counted.group(1)).rstrip("s")
            if following in words.STEPS:
                self.carried = label.words
                return _Role("counter", following)
            if label.words[-1].lower() in _STOP or not words.is_metric(last):
                self.carried = label.words
                return None
        if own and words.is_metric(own) and not words.is_metric(name):
            part = words.split_of(name)
            if part and words.split_of(own) is None and len(label.words) <= 2:
                return _Role("metric", f"{name}_{own}" if len(label.words) == 1 else f"{part}_{own}")
            return (
                None
                if words.is_other(name) and part is None and len(label.words) < 4
                else _Role("metric", own)
            )
        if not self._takes_value(index, label):
            self.carried = label.words
            if self.whole[index] and last == "at":
                return _Role("suffix", last)
            if self.whole[index] and index == 0 and not words.is_other(name):
                return _Role("counter", last)
            return None
        if words.is_metric(name) or words.is_metric(self._head(label.words)):
            return _Role("metric", self._phrase(label.words, label.split))
        if words.is_part(name) and not self.whole[index]:
            return _Role("metric", self._phrase(label.words, None))
        if words.is_other(name) or len(label.words) > 4:
            return None
        if self.whole[index] and index == 0 and len(label.words) <= 2 and len(self.whole) > 1:
            # k=3: accuracy 0.95
            return _Role("counter", last)
        return _Role("metric", self._phrase(label.words, label.split), sure=False)

    def _unnamed(self, index: int, before: str, after: str, own: str | None) -> _Role | None:  # noqa: PLR0911, PLR0912
        own = words.normal(own) if own else None
        previous = self.found[-1] if self.found else None
        if self._percent_of(index, before):
            # Accuracy: 98/100 (98.0%): the percentage is the metric, in the place of the ratio.
            for back in range(index - 1, -1, -1):
                role = self.found[back]
                if role is not None and role.kind == "metric":
                    self.found[back] = None
                    return role
        bracketed = before.rstrip().endswith("(") and after.lstrip().startswith(("%)", ")"))
        if bracketed and previous is not None and index:
            return None
        if index == 0 and not self.carried:
            if self.whole[0] and (own is None or own in words.COUNTERS or not words.is_metric(own)):
                return _Role("counter", own if own in words.STEPS else "") if self._leads(after) else None
            if own is not None and words.is_metric(own):
                return _Role("metric", own)
            return None
        joined = re.match(r"^\s*[\])]?\s*[:=>-]+\s*\(?\[?\s*$|^\s*[\])]\s*$|^\s+$", before) is not None
        if self.carried and (joined or before == ""):
            phrase, self.carried = self.carried, ()
            name = words.normal(" ".join(phrase))
            if words.is_metric(name):
                return _Role("metric", self._phrase(phrase, None, carried=True))
        if own is not None:
            if own in words.COUNTERS and self.whole[index]:
                return _Role("counter", own if own in words.STEPS else "")
            if words.is_metric(own):
                return _Role("metric", own)
            return None if words.is_other(own) else _Role("metric", own, sure=False)
        if (
            previous is not None
            and previous.kind == "metric"
            and re.match(r"^[\s,]+$", before)
            and self._in_list(index)
        ):
            return previous
        if (
            previous is not None
            and previous.kind in ("counter", "total")
            and ":" in before
            and index == len(self.whole) - 1
        ):
            return None if self.whole[index] else _Role("metric", "value")
        if (
            previous is not None
            and previous.kind == "counter"
            and self.whole[index]
            and re.match(r"^\s*,\s*$", before)
        ):
            # [1,  2000] loss: 2.2
            return _Role("counter")
        return None

    def _label(self, before: str, index: int) -> _Label:
        """The words that stand directly before a number, and the part of the data their group is of."""
        parts = _SEPARATOR.split(before)
        while len(parts) > 1 and not _WORDY.search(parts[-1]):
            parts.pop()
        text = parts[-1].rstrip()
        chain = [piece for piece in re.split(r"[:=]+\s*", text) if _WORDY.search(piece)]
        for piece in [*parts[:-1], *chain[:-1]]:
            found = [words.normal(word) for word in _LABEL_WORD.findall(piece)]
            part = next((word for word in found if word in words.SPLITS), None)
            if part and len(found) <= 3:
                self.group = part
        label = _LABEL_WORD.findall(chain[-1].replace("_", "_") if chain else text)
        while label and label[-1].lower() in ("is", "was", "of", "to", "the", "equals", "has", "reached"):
            label.pop()
        while label and label[0].lower() in ("the", "a", "an", "our", "this", "and", "with", "its"):
            label.pop(0)
        return _Label(tuple(label), self.group)

    def _phrase(self, label: tuple[str, ...], group: str | None, carried: bool = False) -> str:
        """The name of a metric in the words of its label; of a whole sentence, the words that matter."""
        kept = list(label)
        while len(kept) > 1 and (kept[-1].lower() in _STOP or (carried and kept[-2].lower() in _BOUND)):
            kept.pop()
        normals = [words.normal(word) for word in kept]
        head = self._head(label)
        if len(kept) > 6 and words.is_metric(head) and head.count("_") < 5:
            part = next((one for one in normals if one in words.SPLITS), None)
            return f"{part}_{head}" if part and words.split_of(head) is None else head
        if len(kept) > 6:
            matter = [one for one in normals if words.is_metric(one) or one in words.SUMMARIES]
            part = next((one for one in normals if one in words.SPLITS), None)
            normals = ([part] if part else []) + (matter or normals[-2:])
        name = "_".join(one for one in normals if one)
        if group is not None and words.split_of(name) is None:
            name = f"{words.normal(group)}_{name}"
        return name

    def _takes_value(self, index: int, label: _Label) -> bool:
        """False for ``MSE for k=3: 0.5``, where the number belongs to k and the next one to MSE."""
        lower = [word.lower() for word in label.words]
        if lower[-1] in _STOP and words.is_metric(words.normal(" ".join(label.words))):
            following = self.texts[index + 1]
            return not (index + 1 < len(self.whole) and re.search(r"[:=]", following))
        bound = [place for place, word in enumerate(lower) if word in _BOUND and place]
        if not bound or index + 1 >= len(self.whole):
            return True
        following = self.texts[index + 1]
        if _WORDY.search(following) or not re.search(r"[:=>\u2192-]|^\s+$", following):
            return True
        return not words.is_metric(words.normal(" ".join(label.words[: bound[-1]])))

    def _head(self, label: tuple[str, ...]) -> str:
        """What a label speaks of: accuracy, in accuracy of the model."""
        end = next((place for place, word in enumerate(label) if word.lower() in _STOP and place), len(label))
        return words.normal(" ".join(label[:end]))

    def _inherit(self) -> None:
        """``train loss 0.6 acc 0.7``: both are of the training data, if the line speaks of no other."""
        named = [role for role in self.found if role is not None and role.kind == "metric"]
        parts = {words.split_of(role.name) for role in named}
        if len(parts) != 2 or None not in parts or words.split_of(named[0].name) is None:
            return
        written = words.normal(named[0].name).split("_")[0]
        if written not in words.SPLITS:
            return
        for index, role in enumerate(self.found):
            if role is not None and role.kind == "metric" and words.split_of(role.name) is None and role.sure:
                self.found[index] = role._replace(name=f"{written}_{role.name}")

    def _counts(self, label: tuple[str, ...]) -> bool:
        lower = [words.normal(word) for word in label[:-1]]
        return not any(word in words.OTHERS or word == "per" for word in lower) or "after" in lower

    def _ends_as_label(self, index: int) -> bool:
        """Whether the text after a number is the label of the next one."""
        if index + 1 >= len(self.whole):
            return False
        label = _LABEL_WORD.findall(self.texts[index + 1])
        return bool(label) and words.is_metric(words.normal(label[-1])) and len(label) <= 3

    def _wordy(self, index: int) -> bool:
        return _WORDY.search(self.texts[index]) is not None

    def _has_percent(self, index: int) -> bool:
        after = self.texts[index + 1]
        following = self.texts[index + 2] if index + 2 < len(self.texts) else ""
        return re.match(r"^\s*[,:=]?\s*\(?\s*$", after) is not None and following.lstrip().startswith("%")

    def _percent_of(self, index: int, before: str) -> bool:
        ratio = index >= 2 and _TAKES_TOTAL.match(self.texts[index - 1])
        return bool(ratio) and self.texts[index + 1].lstrip().startswith("%") and not _WORDY.search(before)

    def _leads(self, after: str) -> bool:
        """Whether an integer that a line begins with counts what follows."""
        return len(self.whole) > 1 and not re.match(r"^\s*(?:%|/)", after)

    def _in_list(self, index: int) -> bool:
        opened = "".join(self.texts[: index + 1])
        return opened.count("[") > opened.count("]")
