"""A program: listens to functions of all kinds in the Python that runs it, and prints what each check found.

Each function ``a_…`` below is a sentence about taps. Prints a JSON object {sentence: what went wrong, or ""}.
"""

from __future__ import annotations

import argparse
import asyncio
import functools
import gc
import inspect
import io
import json.decoder
import os
import pickle
import sys
import textwrap
import threading
import traceback
import warnings
import weakref

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))

from backtrail.tracker import current, taps
from backtrail.tracker.taps import points


def plain(a, b=2, *rest, c, d=4, **more):
    """Its words."""
    return (a, b, rest, c, d, more)


def branching(n):
    total = 0
    for i in range(n):
        if i % 3 == 0:
            continue
        try:
            if i % 5 == 0:
                raise ValueError(i)
            total += i
        except ValueError:
            total -= 1
        finally:
            total += 100
        while total > 10_000:
            return -1
    with io.StringIO() as text:
        text.write("x")
        return total if total else None


def raising(x):
    return 1 / x


def warning():
    warnings.warn("look here", UserWarning, stacklevel=2)


def recursive(n):
    return 1 if n == 0 else n * recursive(n - 1)


def generating(n):
    for i in range(n):
        got = yield i
        if got:
            return got


async def waiting(n):
    await asyncio.sleep(0)
    return n


def decorator(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


@decorator
def decorated(a, b=1):
    return a + b


def rebinding(big):
    big = len(big)
    return big


def makes_closure(k):
    def closing(x):
        nonlocal k
        k += x
        return lambda: k + x

    return closing


class Base:
    def greet(self, name="you"):
        return f"hello {name}"


class Child(Base):
    def greet(self, name="you", *, loud=False):
        return super().greet(name).upper() if loud else super().greet(name)

    @classmethod
    def build(cls, x):
        return cls, x

    @staticmethod
    def alone(x):
        return x


def outer(n):
    return inner(n) + inner(n)


def inner(n):
    return n + 1


class Heard(list):
    def called(self, arguments):
        self.append(dict(arguments))

    def returned(self, arguments, value):
        self.append(value)


def a_call_is_told_with_its_arguments_and_its_value():
    heard, earlier = Heard(), plain
    tap = taps.tap(plain, called=heard.called, returned=heard.returned)
    assert earlier(1, 3, 5, c=6, z=7) == (1, 3, (5,), 6, 4, {"z": 7})
    assert heard[0] == {"a": 1, "b": 3, "rest": (5,), "c": 6, "d": 4, "more": {"z": 7}}, heard
    assert heard[1] == (1, 3, (5,), 6, 4, {"z": 7})
    tap.remove()
    tap.remove()
    plain(1, c=2)
    assert len(heard) == 2


def a_function_looks_as_it_did():
    def look():
        return (
            id(plain),
            str(inspect.signature(plain)),
            inspect.getsource(plain),
            plain.__doc__,
            plain.__defaults__,
            plain.__code__.co_filename,
            plain.__code__.co_firstlineno,
            plain.__code__.co_name,
            pickle.dumps(plain),
            sorted(vars(plain)),
        )

    before = look()
    code = plain.__code__
    tap = taps.tap(plain, called=lambda arguments: None, returned=lambda arguments, value: None)
    assert look() == before
    tap.remove()
    assert plain.__code__ is code


def a_branching_function_does_what_it_did():
    before = [branching(n) for n in (0, 1, 2, 7, 40, 400)]
    heard = Heard()
    tap = taps.tap(branching, returned=heard.returned)
    assert [branching(n) for n in (0, 1, 2, 7, 40, 400)] == before == heard
    tap.remove()


def _traceback():
    try:
        raising(0)
    except ZeroDivisionError:
        return traceback.format_exc()


def a_traceback_is_the_same_to_the_letter():
    before = _traceback()
    heard = Heard()
    tap = taps.tap(raising, called=heard.called, returned=heard.returned)
    after = _traceback()
    tap.remove()
    assert after == before, after
    assert heard == [{"x": 0}]


def _warned():
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        warning()
    return [(one.filename, one.lineno) for one in found]


def a_warning_points_where_it_did():
    before = _warned()
    tap = taps.tap(warning, called=lambda arguments: None, returned=lambda arguments, value: None)
    assert _warned() == before
    tap.remove()


def a_recursion_is_told_at_each_depth_or_only_outermost():
    heard = Heard()
    tap = taps.tap(recursive, returned=heard.returned)
    assert recursive(4) == 24
    tap.remove()
    assert heard == [1, 1, 2, 6, 24]
    heard = Heard()
    tap = taps.tap(recursive, returned=heard.returned, outermost="group")
    recursive(4)
    tap.remove()
    assert heard == [24]


def a_generator_is_told_when_it_begins_and_works_as_ever():
    heard = Heard()
    tap = taps.tap(generating, called=heard.called)
    assert inspect.isgeneratorfunction(generating)
    walking = generating(3)
    assert heard == []
    assert next(walking) == 0 and heard == [{"n": 3}]
    assert walking.send(None) == 1
    try:
        walking.send("end")
    except StopIteration as stop:
        assert stop.value == "end"
    tap.remove()
    try:
        taps.tap(generating, returned=heard.returned)
    except taps.Untappable:
        return
    raise AssertionError("its end cannot be heard of")


def a_coroutine_is_told_when_it_begins():
    heard = Heard()
    tap = taps.tap(waiting, called=heard.called)
    assert inspect.iscoroutinefunction(waiting)
    assert asyncio.run(waiting(5)) == 5
    tap.remove()
    assert heard == [{"n": 5}]


def a_decorated_function_is_heard_inside():
    heard = Heard()
    tap = taps.tap(decorated, called=heard.called)
    assert decorated(1) == 2
    tap.remove()
    assert heard == [{"a": 1, "b": 1}]


def a_method_with_super_and_keyword_defaults_is_heard():
    heard = Heard()
    tap = taps.tap(Child.greet, called=heard.called, returned=heard.returned)
    child = Child()
    assert child.greet("a", loud=True) == "HELLO A"
    assert Child().greet() == "hello you"
    tap.remove()
    assert heard[0] == {"self": child, "name": "a", "loud": True}
    assert heard[1] == "HELLO A"


def a_class_method_and_a_static_method_are_heard():
    heard = Heard()
    one, two = taps.tap(Child.build, called=heard.called), taps.tap(Child.alone, called=heard.called)
    assert Child.build(1) == (Child, 1) and Child.alone(2) == 2
    one.remove()
    two.remove()
    assert heard == [{"cls": Child, "x": 1}, {"x": 2}]


def a_closure_keeps_its_cells():
    closing = makes_closure(10)
    heard = Heard()
    tap = taps.tap(closing, called=heard.called)
    assert closing(5)() == 20
    assert closing(1)() == 17
    tap.remove()
    assert heard == [{"x": 5}, {"x": 1}]


def a_call_inside_another_of_its_group_is_not_told():
    heard = Heard()
    both = [
        taps.tap(outer, returned=heard.returned, outermost="group"),
        taps.tap(inner, returned=heard.returned, outermost="group"),
    ]
    assert outer(1) == 4
    assert inner(1) == 2
    for tap in both:
        tap.remove()
    assert heard == [4, 2]


def a_failed_call_does_not_hide_the_next_one():
    heard = Heard()
    both = [
        taps.tap(raising, returned=heard.returned, outermost="group"),
        taps.tap(inner, returned=heard.returned, outermost="group"),
    ]
    _traceback()
    inner(1)
    for tap in both:
        tap.remove()
    assert heard == [2]


def a_fault_in_a_listener_reaches_nobody():
    def fails(*anything):
        raise RuntimeError("in a listener")

    def leaves(*anything):
        raise SystemExit

    heard = Heard()
    all_taps = [
        taps.tap(inner, called=fails, returned=fails),
        taps.tap(inner, called=leaves, returned=leaves),
        taps.tap(inner, called=heard.called, returned=heard.returned),
    ]
    assert inner(1) == 2
    for tap in all_taps:
        tap.remove()
    assert heard == [{"n": 1}, 2]


def a_call_made_by_a_listener_is_not_told():
    heard = []

    def calls(arguments):
        heard.append(inner(5))

    tap = taps.tap(inner, called=calls)
    inner(1)
    tap.remove()
    assert heard == [6]


def a_large_argument_is_let_go_when_the_function_lets_go():
    class Big(list):
        pass

    gone = []

    def rebound(big):
        watch = weakref.ref(big)
        big = len(big)
        gone.append(watch() is None)
        return big

    rebound(Big([1, 2]))
    tap = taps.tap(rebound, called=lambda arguments: len(arguments["big"]), returned=lambda kept, value: None)
    rebound(Big([1, 2]))
    tap.remove()
    # Up to Python 3.10 the caller holds it as well.
    assert gone[0] == gone[1]


def a_call_that_raised_leaves_nothing_behind():
    class Big:
        pass

    tap = taps.tap(raising, returned=lambda arguments, value: None)
    big = Big()
    watch = weakref.ref(big)
    try:
        raising(big)
    except TypeError:
        pass
    taps.forget_unfinished()
    del big
    gc.collect()
    tap.remove()
    assert watch() is None


def a_function_of_c_cannot_be_tapped():
    try:
        taps.tap(len, called=lambda arguments: None)
    except taps.Untappable as error:
        assert "len" in str(error)
        return
    raise AssertionError("it was")


def a_thread_is_told_too():
    heard = Heard()
    tap = taps.tap(inner, returned=heard.returned)
    workers = [threading.Thread(target=inner, args=(n,)) for n in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    tap.remove()
    assert sorted(heard) == list(range(1, 9))


def a_child_that_was_forked_is_silent():
    heard = Heard()
    tap = taps.tap(inner, called=heard.called)
    current._forked = True
    try:
        assert inner(1) == 2
    finally:
        current._forked = False
        tap.remove()
    assert heard == []


def a_module_of_the_standard_library_passes_its_own_use_when_all_of_it_is_tapped():
    def work():
        parser = argparse.ArgumentParser(prog="p")
        parser.add_argument("--x", type=int, default=1)
        parser.add_argument("rest", nargs="*")
        space = parser.parse_args(["--x", "3", "a", "b"])
        return (
            vars(space),
            parser.format_help(),
            textwrap.fill("the quick brown fox " * 20, 33),
            json.loads('{"a": [1, 2, {"b": null}]}'),
        )

    before = work()
    all_taps = []
    for module in (argparse, textwrap, json.decoder):
        for owner in [module, *(one for one in vars(module).values() if isinstance(one, type))]:
            for function in list(vars(owner).values()):
                if inspect.isfunction(function) and not inspect.isgeneratorfunction(function):
                    all_taps.append(
                        taps.tap(
                            function, called=lambda arguments: None, returned=lambda arguments, value: None
                        )
                    )
    after = work()
    for tap in all_taps:
        tap.remove()
    assert len(all_taps) > 100
    assert after == before
    assert not points._points


def main() -> None:
    results = {}
    for name, check in list(globals().items()):
        if name.startswith("a_") and inspect.isfunction(check):
            try:
                check()
                results[name] = ""
            except BaseException:
                results[name] = traceback.format_exc()
    print(json.dumps(results))


if __name__ == "__main__":
    main()
