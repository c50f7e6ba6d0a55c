"""What each number of a printed line is: a metric, its step, how many there are of something, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ..names import words
from .judged import Role, judge
from .labels import BOUND, LABEL_WORD, STOP, WORDY, Label, head, label_of, pair, phrase
from .rows import row_of
from .whose import PART, after_name

_TAKES_TOTAL = re.compile(r"^\s*(?:/|of|out of)\s*$", re.I)
_COUNTED = re.compile(
    r"^[ -](?!is\b|was\b|at\b|for\b|in\b|on\b|after\b|and\b|\()([a-z]{3,})(?!\w*\s?=)", re.I
)
_WITH_SPREAD = re.compile(
    r"^%?\s+([A-Za-z][\w -]*?),? with (?:an? )?(?:standard deviation|std\.?(?: dev\.?)?|stdev) of\s*$"
)
_ARROW = re.compile(r"^\s*(?:[-=]+>|\u2192|\u2014>|to)\s*$")
_CHANGED = re.compile(r"\b(?:improv|decreas|increas|reduc|drop)\w*\b", re.I)
_WITH_ERROR = re.compile(r"^\s*(?:\+/-|\u00b1|\+-)\s*$")
_MEASURED = words.word_set(
    "age price time times seconds sec secs s ms us ns duration size sizes length height width weight loop"
    " income salary fare amount samples rows days hours"
)
"""What is told of data, and of how long something takes, with a spread."""
_VERBS = frozenset(("is", "are", "was", "were", "has", "have", "might", "may", "could", "not"))
_OPENED = re.compile(r"[\[(][^()\[\]]*$")
_CLOSED = re.compile(r"^[^()\[\]|,;:=]*[)\]]\s*(?:[:=]|->|is\b)\s*$")
_MADE = frozenset(("mean", "std", "var", "min", "max", "median"))
_LITTLE = words.SUMMARIES | words.word_set(
    "set data dataset result results split part error errors rate metric metrics value score scores"
)
_MEANS = frozenset(("mean", "avg", "average"))


def _says_little(label: Iterable[str]) -> bool:
    """Whether the words name no one: set, data, results."""
    return all(words.normal(one) in _LITTLE for one in label)


def _spread_of(name: str) -> str:
    metric, slash, row = name.partition("/")
    return f"{metric}_std{slash}{row}"


@lru_cache(maxsize=2048)
def roles(
    texts: tuple[str, ...], whole: tuple[bool, ...], names: tuple[str | None, ...]
) -> tuple[Role | None, ...]:
    """What each number of a line with these ``texts`` around its numbers is.

    ``whole`` says of each number whether it is an integer, ``names`` what the code calls it. It depends on
    the texts alone, so that a loop pays for it once.
    """
    return _Roles(texts, whole, names).find()


class _Roles:
    def __init__(
        self, texts: tuple[str, ...], whole: tuple[bool, ...], names: tuple[str | None, ...]
    ) -> None:
        self.texts = texts
        self.whole = whole
        self.names = names
        self.found: list[Role | None] = []
        self.group: str | None = None
        """The part of the data that the present group of the line is of."""
        self.carried: tuple[str, ...] = ()
        """The words before a counter, which name the number after it: ``Cost after iteration 100: 0.3``."""
        self.counted = 0
        """Of the text after the last number so much says what there were so many of: ``20 episodes``."""
        self.lead = next((name.partition("//")[2] for name in names if name and "//" in name), "")
        """The name of the row that the whole line is of, as the code has it."""
        self.row = ""
        """What the code printed before a number to say whose it is, as the name of a model."""
        self.second = ""
        """The name of the number after the present one, where a label has two: ``train/test loss``."""
        self.labels: list[str] = []
        """The words before each number, as a name."""

    def find(self) -> tuple[Role | None, ...]:
        for index in range(len(self.whole)):
            self.labels.append("")
            self.found.append(self._role(index))
        self._inherit()
        judge(self.found, self.labels, self.texts[0])
        self._belong()
        if self.lead:
            self.found = [
                role._replace(name=f"{role.name}/{self.lead}")
                if role is not None and role.kind == "metric" and "/" not in role.name
                else role
                for role in self.found
            ]
        return tuple(self.found)

    def _role(self, index: int) -> Role | None:  # noqa: PLR0911, PLR0912
        before, after = self.texts[index][self.counted :], self.texts[index + 1]
        self.counted = 0
        previous = self.found[-1] if self.found else None
        if index and _TAKES_TOTAL.match(before):
            if previous is not None and previous.kind == "counter":
                return Role("total")
            if previous is not None and previous.kind == "metric":
                if self.second:
                    # RMSE train/test: 0.31 / 0.42
                    second, self.second = self.second, ""
                    return Role("metric", second, previous.sure)
                return None if self._has_percent(index) or not self.whole[index] else Role("ratio")
            if self.whole[index] and self.whole[index - 1] and not self._wordy(index - 1):
                # [ 64/60000] without a name.
                self.found[-1] = Role("counter")
                return Role("total")
            return None
        if index and re.match(r"^\s*%?\s*\(?\s*(?:\+/-|\u00b1|\+-|\+\\-)\s*$", before):
            spread = previous is not None and previous.kind == "metric"
            return Role("metric", _spread_of(previous.name), previous.sure) if previous and spread else None
        own = self.names[index] if index < len(self.names) else None
        if own == PART:
            return None
        own, _, self.row = own.partition("//")[0].partition("/") if own else ("", "", "")
        own = own or None
        before = after_name(before, self.lead) if self.lead else before
        with_spread = _WITH_SPREAD.match(after)
        if with_spread and not self.whole[index] and words.is_metric(words.normal(with_spread[1])):
            # SVM: 0.97 accuracy with a standard deviation of 0.02
            whose = label_of(before, None).words
            row = "" if len(whose) > 3 or _says_little(whose) else words.label(" ".join(whose))
            return Role("metric", words.normal(with_spread[1]) + (f"/{row}" if row else ""))
        if index and _ARROW.match(before) and _CHANGED.search(self.texts[0]):
            # Validation loss decreased (0.52 --> 0.48): both were told, and this is no other metric.
            self.found[-1] = None
            return None
        if index and _WITH_SPREAD.match(before):
            known = previous is not None and previous.kind == "metric"
            return Role("metric", _spread_of(previous.name)) if previous and known else None
        aside = _OPENED.search(before)
        said = before[: aside.start()] if aside else ""
        if WORDY.search(said) and _CLOSED.match(after) and index + 1 < len(self.whole):
            # avg reward (last 100): -0.3
            self.carried = label_of(said, self.group).words
            return None
        if not WORDY.search(before):
            return self._unnamed(index, before, after, own)
        label = label_of(before, self.group)
        if _TAKES_TOTAL.match(after) and index + 1 < len(self.whole):
            first, self.second = pair(label.words)
            if first:
                return Role("metric", first)
        self.group = label.split
        self.labels[-1] = words.normal(" ".join(label.words))
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
                return Role("metric", phrase(carried, part))
        return role

    def _named(self, index: int, label: Label, after: str, own: str | None) -> Role | None:  # noqa: PLR0911, PLR0912
        name = words.normal(" ".join(label.words))
        last = words.normal(label.words[-1])
        if last in words.STEPS and self._counts(label.words):
            self.carried = label.words[:-1]
            return Role("counter", last)
        if last == "seed" and index == 0 and self.whole[0]:
            # seed 3: accuracy 0.9, of one of several trainings
            return Role("counter", last)
        if last in words.TIMES and index == 0 and self.whole[0] and len(label.words) == 1 < len(self.whole):
            # day 20: infected 12.5
            return Role("counter", last)
        if own and words.is_metric(own) and self._follows_amount(index, name, own):
            # 1200 train docs accuracy: 0.9
            return Role("metric", own)
        counted = _COUNTED.match(after)
        if counted and self.whole[index] and not self._ends_as_label(index):
            # 10000 test images: so many of them.
            following = words.normal(counted.group(1)).rstrip("s")
            lower_last = label.words[-1].lower()
            if following in words.STEPS:
                self.carried = label.words
                self.counted = counted.end()
                if lower_last in ("over", "last", "past"):
                    # An average over the last 100 episodes is of no step.
                    lower = [word.lower() for word in label.words]
                    self.carried = label.words[: lower.index("over")] if "over" in lower else label.words[:-1]
                    return None
                return Role("counter", following)
            if lower_last in STOP or not (words.is_metric(last) or words.is_metric(name)):
                self.carried = label.words
                return None
        if own in _MADE and words.is_metric(name) and own not in name.split("_"):
            return Role("metric", f"{phrase(label.words, label.split)}_{own}")
        if own and words.is_metric(own) and not words.is_metric(name):
            speaks_of = head(label.words)
            if speaks_of.partition("_")[0] in words.SUMMARIES and words.is_metric(speaks_of):
                # Mean MAE over folds: of what the fold's own are kept in.
                return Role("metric", speaks_of)
            if name in _MEANS:
                # Mean: of scores whose own values are printed too.
                return Role("metric", f"{own}_mean")
            part = words.split_of(name)
            if part and words.split_of(own) is None and len(label.words) <= 2:
                if len(label.words) == 1:
                    return Role("metric", f"{name}_{own}")
                # OOF LGB: of two models.
                rest = [one for one in label.words if words.normal(one) not in words.SPLITS]
                row = words.label(" ".join(rest))
                return Role(
                    "metric", f"{part}_{own}/{row}" if rest and not _says_little(rest) else f"{part}_{own}"
                )
            if self.row and part is None and words.label(" ".join(label.words)).endswith(self.row):
                # LR: 0.91, of several models in a loop.
                return Role("metric", f"{own}/{self.row}")
            return (
                None
                if words.is_other(name) and part is None and len(label.words) < 4
                else Role("metric", own)
            )
        if not self._takes_value(index, label):
            self.carried = label.words
            if self.whole[index] and last == "at":
                return Role("suffix", last)
            if self.whole[index] and index == 0 and not words.is_other(name):
                return Role("counter", last)
            return None
        if words.is_metric(name) or words.is_metric(head(label.words)) or label.words == ("R0",):
            return Role("metric", phrase(label.words, label.split))
        if words.is_part(name) and not self.whole[index]:
            return Role("metric", phrase(label.words, None))
        if _WITH_ERROR.match(after) and index + 1 < len(self.whole) and last not in _MEASURED:
            # A = 2.01 ± 0.02: what is told with its error was estimated.
            return Role("metric", phrase(label.words, label.split))
        if words.is_other(name) or len(label.words) > 4 or any(word in _VERBS for word in label.words):
            return None
        bracketed = self.texts[index].rstrip().endswith(("(", "["))
        if self.whole[index] and index == 0 and len(label.words) <= 2 < 1 + len(self.whole) and not bracketed:
            # k=3: accuracy 0.95
            return Role("counter", last)
        return Role("metric", phrase(label.words, label.split), sure=False)

    def _unnamed(self, index: int, before: str, after: str, own: str | None) -> Role | None:  # noqa: PLR0911, PLR0912
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
                return Role("counter", own if own in words.STEPS else "") if self._leads(after) else None
            if own is not None and words.is_metric(own):
                return Role("metric", own)
            return None
        joined = re.match(r"^\s*[\])]?\s*[:=>-]+\s*\(?\[?\s*$|^\s*[\])]\s*$|^\s+$", before) is not None
        if self.carried and (joined or before == ""):
            carried, self.carried = self.carried, ()
            name = words.normal(" ".join(carried))
            if words.is_metric(name) or (words.is_part(own or "") and not self.whole[index]):
                return Role("metric", phrase(carried, None, carried=True))
        if own is not None:
            if own in words.COUNTERS and self.whole[index]:
                return Role("counter", own if own in words.STEPS else "")
            if words.is_metric(own):
                return Role("metric", f"{own}/{self.row}" if self.row else own)
            return None if words.is_other(own) else Role("metric", own, sure=False)
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
            return None if self.whole[index] else Role("metric", "value")
        if (
            previous is not None
            and previous.kind == "counter"
            and self.whole[index]
            and re.match(r"^\s*,\s*$", before)
        ):
            # [1,  2000] loss: 2.2
            return Role("counter")
        return None

    def _takes_value(self, index: int, label: Label) -> bool:
        """False for ``MSE for k=3: 0.5``, where the number belongs to k and the next one to MSE."""
        lower = [word.lower() for word in label.words]
        if lower[-1] in STOP and words.is_metric(words.normal(" ".join(label.words))):
            following = self.texts[index + 1]
            return not (index + 1 < len(self.whole) and re.search(r"[:=]", following))
        bound = [place for place, word in enumerate(lower) if word in BOUND and place]
        if not bound or index + 1 >= len(self.whole):
            return True
        following = self.texts[index + 1]
        if self.texts[index].rstrip().endswith((":", "=")) and not self.whole[index]:
            # posterior mean of mu: 2.44  95% interval
            return True
        if WORDY.search(following) or not re.search(r"[:=>\u2192-]|^\s+$", following):
            return True
        return not words.is_metric(words.normal(" ".join(label.words[: bound[-1]])))

    def _inherit(self) -> None:
        """``train loss 0.6 acc 0.7``: both are of the training data, if the line speaks of no other."""
        named = [role for role in self.found if role is not None and role.kind == "metric" and role.sure]
        parts = {words.split_of(role.name) for role in named}
        if len(parts) != 2 or None not in parts or words.split_of(named[0].name) is None:
            return
        written = words.normal(named[0].name).split("_")[0]
        if written not in words.SPLITS:
            return
        for index, role in enumerate(self.found):
            if role is not None and role.kind == "metric" and words.split_of(role.name) is None and role.sure:
                self.found[index] = role._replace(name=f"{written}_{role.name}")

    def _belong(self) -> None:
        """``Ridge: MSE 3.2, R2 0.9``: both are of what stands before them, where nothing is counted."""
        named = [role for role in self.found if role is not None and role.kind == "metric" and role.sure]
        if len(named) < 2 or any(role is not None and role.kind != "metric" for role in self.found):
            return
        told = row_of(self.texts[0]) if self.found[0] is named[0] else None
        if told is not None:
            row, first = told
            self.found[0] = named[0]._replace(name=first)
            for index, role in enumerate(self.found):
                if role is not None and role.sure:
                    self.found[index] = role._replace(name=f"{role.name}/{row}")

    def _counts(self, label: tuple[str, ...]) -> bool:
        lower = [words.normal(word) for word in label[:-1]]
        return not any(word in words.OTHERS or word == "per" for word in lower) or "after" in lower

    def _ends_as_label(self, index: int) -> bool:
        """Whether the text after a number is the label of the next one."""
        if index + 1 >= len(self.whole):
            return False
        label = LABEL_WORD.findall(self.texts[index + 1])
        return bool(label) and words.is_metric(words.normal(label[-1])) and len(label) <= 3

    def _follows_amount(self, index: int, name: str, own: str) -> bool:
        """Whether the label begins with what there were so many of, which is no part of it."""
        previous = self.found[-1] if index and self.whole[index - 1] else None
        trains = previous is not None and (previous.kind != "counter" or previous.name in words.STEPS)
        if not index or not self.whole[index - 1] or trains:
            return False
        directly = re.match(r" ?[a-z]{3,} ", self.texts[index]) is not None
        return directly and name.endswith(f"_{own}") and not words.is_part(name[: -len(own) - 1])

    def _wordy(self, index: int) -> bool:
        return WORDY.search(self.texts[index]) is not None

    def _has_percent(self, index: int) -> bool:
        after = self.texts[index + 1]
        following = self.texts[index + 2] if index + 2 < len(self.texts) else ""
        return re.match(r"^\s*[,:=]?\s*\(?\s*$", after) is not None and following.lstrip().startswith("%")

    def _percent_of(self, index: int, before: str) -> bool:
        ratio = index >= 2 and _TAKES_TOTAL.match(self.texts[index - 1])
        return bool(ratio) and self.texts[index + 1].lstrip().startswith("%") and not WORDY.search(before)

    def _leads(self, after: str) -> bool:
        """Whether an integer that a line begins with counts what follows."""
        return len(self.whole) > 1 and not re.match(r"^\s*(?:%|/)", after)

    def _in_list(self, index: int) -> bool:
        opened = "".join(self.texts[: index + 1])
        return opened.count("[") > opened.count("]")
