/**
 * Magics that run other files, and %pylab.
 */

import type { Parts } from './part.js';

/** See above. */
export const running: Parts = {
  run_notebook: {
    imports: ['io', 'json', 'os'],
    python: `
@staticmethod
def run_notebook(path):
    """%run of a notebook: its cells as the file has them now, as far as they are Python."""
    with _nb.io.open(_nb.os.path.expanduser(path), encoding="utf-8") as file:
        cells = _nb.json.load(file)["cells"]
    for cell in cells:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), path, "exec"), globals())
`
  },
  run: {
    imports: ['os', 'runpy', 'shlex', 'sys'],
    python: `
@staticmethod
def run(line, inside=False, main=True):
    """%run: a file with its arguments; its names are the script's afterwards."""
    words = _nb.shlex.split(line, posix=_nb.os.name == "posix")
    path = _nb.os.path.expanduser(words[0])
    if not _nb.os.path.exists(path) and not path.endswith(".py"):
        path += ".py"
    if not _nb.os.path.exists(path):
        raise Exception(f"File \`{words[0]!r}\` not found.")
    name = "__main__" if main else _nb.os.path.splitext(_nb.os.path.basename(path))[0]
    argv, _nb.sys.argv = _nb.sys.argv, [path] + words[1:]
    names = dict(globals()) if inside else {}
    try:
        names = _nb.runpy.run_path(path, names, name)
    finally:
        _nb.sys.argv = argv
    globals().update({key: value for key, value in names.items() if not key.startswith("__")})
`
  },
  reload: {
    imports: ['gc', 'sys'],
    python: `
@staticmethod
def reload(name, source=None):
    """%autoreload: a module that was edited; what was imported from it before is the new one too."""
    module = _nb.sys.modules.get(name)
    if module is None:
        return
    names = vars(module)
    before = dict(names)
    if source is None:
        with open(module.__file__, encoding="utf-8") as file:
            source = file.read()
    exec(compile(source, module.__file__, "exec"), names)
    for key, old in before.items():
        _nb.renew(old, names[key], name)

@staticmethod
def renew(old, new, module):
    if old is new or type(old) is not type(new) or getattr(old, "__module__", None) != module:
        return
    if hasattr(old, "__code__"):
        for part in "__code__", "__defaults__", "__kwdefaults__", "__doc__":
            setattr(old, part, getattr(new, part))
    elif isinstance(old, type):
        for key, value in vars(new).items():
            if key in ("__dict__", "__weakref__"):
                continue
            _nb.renew(vars(old).get(key), value, module)
            setattr(old, key, value)
        for one in _nb.gc.get_referrers(old):
            if type(one) is old:
                one.__class__ = new
`
  },
  pylab: {
    python: `
@staticmethod
def pylab():
    """%pylab"""
    exec(
        "import numpy, matplotlib\\n"
        "from matplotlib import pylab, mlab, pyplot\\n"
        "np, plt = numpy, pyplot\\n"
        "from pylab import *\\n"
        "from numpy import *\\n",
        globals(),
    )
`
  }
};
