/**
 * What IPython does at the end of a cell: results are shown, failures do not stop the next one, figures end.
 */

import type { Parts } from './part.js';

/** See above. */
export const cells: Parts = {
  show: {
    python: `
@staticmethod
def show(value):
    """Shows the value of a cell's last expression."""
    if value is not None:
        print(repr(value), flush=True)
`
  },
  show_numbered: {
    python: `
@staticmethod
def show_numbered(value, number):
    """Shows the value of a cell's last expression, and keeps it as _ and in Out."""
    if value is not None:
        print(repr(value), flush=True)
        names = globals()
        names["___"], names["__"], names["_"] = names["__"], names["_"], value
        names["Out"][number] = names["_%d" % number] = value
`
  },
  frames: {
    python: `
@staticmethod
def frames():
    """Has pandas show as many columns as in a notebook: where it is, it asks when it is imported."""
    try:
        import pandas
    except ImportError:
        return
    if pandas.get_option("display.max_columns") == 0:
        pandas.set_option("display.max_columns", 20)
`
  },
  goes_on: {
    imports: ['contextlib', 'sys', 'traceback'],
    python: `
@staticmethod
@contextlib.contextmanager
def goes_on(cell, error):
    """A cell that failed in the notebook: what it raises is shown, and the next cell runs."""
    try:
        yield
    except (Exception, SystemExit):
        _nb.traceback.print_exc()
    else:
        print("Cell %s raised %s in the notebook, but not here." % (cell, error), file=_nb.sys.stderr)
`
  },
  fails: {
    python: `
@staticmethod
def fails(kind, message):
    """A magic that failed in the notebook."""
    raise type(kind, (Exception,), {})(message)
`
  },
  interrupted_after: {
    imports: ['contextlib', 'dis', '_thread', 'sys', 'threading'],
    python: `
@staticmethod
@contextlib.contextmanager
def interrupted_after(seconds, cell):
    """A cell that was interrupted in the notebook is interrupted after as long."""
    timer = _nb.threading.Timer(seconds, _nb._thread.interrupt_main)
    timer.daemon = True
    timer.start()
    try:
        yield
    except KeyboardInterrupt as stopped:
        # Raised by the cell itself, by the timer, or by who wants this script to stop.
        place = stopped.__traceback__
        while place.tb_next:
            place = place.tb_next
        step = place.tb_frame.f_code.co_code[place.tb_lasti]
        if timer.is_alive() and step != _nb.dis.opmap["RAISE_VARARGS"]:
            raise
        print("Cell %s was interrupted, as in the notebook." % cell, file=_nb.sys.stderr)
    finally:
        timer.cancel()
`
  },
  close_figures: {
    imports: ['sys'],
    python: `
@staticmethod
def close_figures():
    """Ends the figures of a cell with the cell, as a notebook does."""
    pyplot = _nb.sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.close("all")
`
  }
};
