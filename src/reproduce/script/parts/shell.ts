/**
 * Shell lines, and magics that start programs or write files.
 */

import type { Parts } from './part.js';

/** See above. */
export const shell: Parts = {
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
    try:
        _nb.os.chdir(getattr(_nb, "last", last) if folder == "-" else _nb.os.path.expanduser(folder))
    except OSError as error:
        print(error)
    else:
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
  }
};
