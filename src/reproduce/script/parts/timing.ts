/**
 * Magics that take the time, and %%capture.
 */

import type { Parts } from './part.js';

/** See above. */
export const timing: Parts = {
  timed: {
    imports: ['contextlib', 'time'],
    python: `
@staticmethod
@contextlib.contextmanager
def timed():
    """%time"""
    start = _nb.time.perf_counter()
    try:
        yield
    finally:
        print("Wall time: %.3g s" % (_nb.time.perf_counter() - start))
`
  },
  timed_value: {
    needs: ['timed'],
    python: `
@staticmethod
def timed_value(function):
    """%time with an expression"""
    with _nb.timed():
        return function()
`
  },
  timeit: {
    imports: ['timeit as timing', 'types'],
    python: `
@staticmethod
def timeit(code, setup="pass", number=0, repeat=7, result=False):
    """%timeit"""
    timer = _nb.timing.Timer(code, setup, globals=globals())
    number = number or timer.autorange()[0]
    times = [seconds / number for seconds in timer.repeat(repeat, number)]
    mean, best = sum(times) / repeat, min(times)
    print("%.3g s per loop (best %.3g s of %d runs, %d loops each)" % (mean, best, repeat, number))
    if result:
        return _nb.TimeitResult(
            average=mean, best=best, worst=max(times), timings=times, loops=number, repeat=repeat
        )

class TimeitResult(types.SimpleNamespace):
    """What %timeit -o gives."""
`
  },
  capture: {
    imports: ['contextlib', 'io', 'sys'],
    python: `
class capture(contextlib.ExitStack):
    """%%capture: keeps what is printed instead of printing it."""
    def __init__(self, stdout=True, stderr=True):
        super().__init__()
        self.streams = {"stdout": stdout, "stderr": stderr}

    def __enter__(self):
        for name, kept in self.streams.items():
            self.streams[name] = _nb.io.StringIO()
            if kept:
                redirect = getattr(_nb.contextlib, "redirect_" + name)
                self.enter_context(redirect(self.streams[name]))
        return self

    stdout = property(lambda self: self.streams["stdout"].getvalue())
    stderr = property(lambda self: self.streams["stderr"].getvalue())
    outputs = property(lambda self: [])
    __str__ = lambda self: self.stdout

    def show(self):
        _nb.sys.stdout.write(self.stdout)
        _nb.sys.stderr.write(self.stderr)

    __call__ = show
`
  }
};
