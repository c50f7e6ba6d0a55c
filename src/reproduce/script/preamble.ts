/**
 * The functions a script brings along for what IPython did around the cells.
 *
 * They are Python, in one class of the script, so that a script takes one name of the user's and needs
 * no package. A script gets those that it uses, with what these need.
 */

import { standIn } from './standin.js';
import { entropy, hashSeed, recorded, restore, variables } from './streams.js';

/** One function of the class. */
interface IPart {
  /** Modules of the standard library that it uses, as attributes of the class. */
  readonly imports?: ReadonlyArray<string>;
  /** Other parts that it uses. */
  readonly needs?: ReadonlyArray<string>;
  readonly python: string;
}

const parts: Readonly<Record<string, IPart>> = {
  keep: { python: standIn },
  restore: { imports: ['base64', 'json', 'random', 'struct'], python: restore },
  entropy: { python: entropy },
  recorded: { imports: ['os', 'sys'], python: recorded },
  variables: { imports: ['os'], python: variables },
  hash_seed: { imports: ['os', 'subprocess', 'sys'], python: hashSeed },
  inputs: {
    imports: ['hashlib', 'io', 'sys'],
    python: `
@staticmethod
def inputs(files):
    """Tells of each file that the notebook read whether it is still the same: {path: sha256}."""
    for path, known in files.items():
        digest = _nb.hashlib.sha256()
        try:
            with _nb.io.open(path, "rb") as file:
                for piece in iter(lambda: file.read(1 << 20), b""):
                    digest.update(piece)
        except OSError as error:
            print(f"{path} cannot be read ({error.strerror}): the notebook read it, sha256 {known}.", file=_nb.sys.stderr)
        else:
            if digest.hexdigest() != known:
                print(f"{path} is not the file that the notebook read: its sha256 was {known}.", file=_nb.sys.stderr)
`
  },
  record: {
    imports: ['os', 'sys'],
    python: `
@staticmethod
def record(run, notebook):
    """Where Backtrail is installed, this script is recorded, as a run whose parent is the one it repeats."""
    if _nb.os.environ.get("BACKTRAIL_METRICS") or not _nb.os.path.isfile(_nb.sys.argv[0]):
        return
    try:
        from backtrail.replay.script import take_over
    except ImportError:
        return
    take_over(_nb.os.path.abspath(_nb.sys.argv[0]), run, notebook)
`
  },
  os: { imports: ['os'], python: '' },
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
  interrupted_after: {
    imports: ['contextlib', '_thread', 'sys', 'threading'],
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
    except KeyboardInterrupt:
        if timer.is_alive():
            raise
        print("Cell %s was interrupted, as in the notebook." % cell, file=_nb.sys.stderr)
    finally:
        timer.cancel()
`
  },
  loop: {
    imports: ['ast', 'asyncio', 'inspect', 'linecache'],
    python: `
@staticmethod
def loop(cell, source):
    """Runs a cell inside an event loop, as a notebook runs every cell."""
    name = "<cell %s>" % cell
    _nb.linecache.cache[name] = len(source), None, source.splitlines(True), name
    code = compile(source, name, "exec", flags=_nb.ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)

    async def run():
        result = eval(code, globals())
        if _nb.inspect.iscoroutine(result):
            await result

    if not hasattr(_nb, "events"):
        _nb.events = _nb.asyncio.new_event_loop()
        _nb.asyncio.set_event_loop(_nb.events)
    _nb.events.run_until_complete(run())
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
  },
  expand: {
    imports: ['re', 'string'],
    python: `
@staticmethod
def expand(text):
    """Puts the values of {expression} and $name into a line, or leaves the line as it is."""
    names, result = globals(), []

    def value(match):
        name = match.group(1)
        return "$" + name[1:] if name.startswith("$") else str(eval(name, names))

    try:
        for before, field, form, conversion in _nb.string.Formatter().parse(text):
            result.append(_nb.re.sub(r"\\$(\\$?[\\w.]+)", value, before))
            if field is not None:
                found = _nb.string.Formatter().convert_field(eval(field, names), conversion)
                result.append(format(found, form))
    except Exception:
        return text
    return "".join(result)
`
  },
  chdir: {
    imports: ['os'],
    python: `
@staticmethod
def chdir(folder):
    """%cd"""
    last = _nb.os.getcwd()
    _nb.os.chdir(getattr(_nb, "last", last) if folder == "-" else _nb.os.path.expanduser(folder))
    _nb.last = last
`
  },
  shell: {
    imports: ['subprocess', 'sys'],
    python: `
@staticmethod
def shell(command):
    """!command"""
    _nb.sys.stdout.flush()
    globals()["_exit_code"] = _nb.subprocess.run(command, shell=True).returncode
`
  },
  lines: {
    imports: ['subprocess'],
    python: `
@staticmethod
def lines(command):
    """x = !command: the lines that a command prints."""
    done = _nb.subprocess.run(command, shell=True, stdout=_nb.subprocess.PIPE)
    globals()["_exit_code"] = done.returncode
    return _nb.Lines(done.stdout.decode(errors="replace").splitlines())

class Lines(list):
    """Lines of output, also as one text."""
    n = property("\\n".join)
    s = property(" ".join)
    l = property(list)
`
  },
  script: {
    imports: ['os', 'shlex', 'subprocess', 'sys'],
    python: `
@staticmethod
def script(command, text, out=None, err=None, check=True):
    """%%bash and its like: a program with the body of the cell as its input."""
    words = _nb.shlex.split(command, posix=_nb.os.name == "posix")
    if words[0] in ("python", "python3"):
        words[0] = _nb.sys.executable
    _nb.sys.stdout.flush()
    pipe = _nb.subprocess.PIPE
    done = _nb.subprocess.run(words, input=text.encode(), stdout=out and pipe, stderr=err and pipe)
    for name, data in (out, done.stdout), (err, done.stderr):
        if name:
            globals()[name] = data.decode(errors="replace")
    if check:
        done.check_returncode()
`
  },
  write: {
    imports: ['io', 'os'],
    python: `
@staticmethod
def write(path, text, append=False):
    """%%writefile"""
    path = _nb.os.path.expanduser(path)
    with _nb.io.open(path, "a" if append else "w", encoding="utf-8") as file:
        file.write(text)
`
  },
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
        return _nb.types.SimpleNamespace(
            average=mean, best=best, worst=max(times), timings=times, loops=number, repeat=repeat
        )
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

/** The class with every function that a script names; empty when it names none. */
export function preamble(script: string, nb: string): string {
  const used = new Set<string>();
  for (const [, name] of script.matchAll(new RegExp(`(?<![\\w.])${nb}\\.(\\w+)`, 'g'))) {
    add(name, used);
  }
  if (used.size === 0) {
    return '';
  }
  const chosen = [...used].sort().map(name => parts[name]);
  const imports = [...new Set(chosen.flatMap(part => part.imports ?? []))].sort();
  const members = chosen.map(part => part.python).filter(python => python !== '');
  const body = [
    '"""What the notebook did around the cells."""\n',
    ...imports.map(name => `import ${name}\n`),
    ...members
  ];
  const type = `class _nb:\n${body.join('').replace(/^(?=[^\n])/gm, '    ')}`;
  const after = used.has('keep') ? '\n\n_nb.keep = _nb.stand_in()' : '';
  return `${type.trimEnd()}${after}`.replace(/\b_nb\b/g, nb);
}

function add(name: string, used: Set<string>): void {
  const part = Object.hasOwn(parts, name) ? parts[name] : undefined;
  if (part && !used.has(name)) {
    used.add(name);
    part.needs?.forEach(need => add(need, used));
  }
}
