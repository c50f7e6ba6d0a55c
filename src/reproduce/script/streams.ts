/**
 * The functions of a script that set what random numbers and the order of sets depend on.
 *
 * #### Notes
 * The forms of the states are those of docs/run-log.md, "Random states".
 */

/** Puts a state back into a stream. A library that is missing is left to the cell that imports it. */
export const restore = `
@staticmethod
def restore(stream, state):
    """Puts a state of the record back into a stream of random numbers."""
    data = _nb.base64.b64decode(state)
    if not data:
        return
    library, _, gpu = stream.partition(".cuda:")
    try:
        if library == "python":
            words, gauss = _nb.struct.unpack("<625I", data[:2500]), data[2500:]
            _nb.random.setstate((3, words, _nb.struct.unpack("<d", gauss)[0] if gauss else None))
        elif library == "numpy":
            import numpy.random
            if len(data) == 2512:
                words = numpy.frombuffer(data[:2496], "<u4").astype("uint32")
                numpy.random.set_state(("MT19937", words, *_nb.struct.unpack("<IId", data[2496:])))
            else:
                numpy.random.set_state(_nb.json.loads(data))
        elif library == "torch":
            import torch
            words = torch.tensor(list(data), dtype=torch.uint8)
            torch.cuda.set_rng_state(words, int(gpu)) if gpu else torch.set_rng_state(words)
    except ImportError:
        pass
`;

/** Answers what numpy asks from the system for generators without a seed. */
export const entropy = `
@staticmethod
def entropy(numbers):
    """Has numpy's generators without a seed begin with these numbers, instead of some of the system's."""
    try:
        from numpy.random import bit_generator
    except ImportError:
        return
    if not hasattr(_nb, "numbers"):
        _nb.numbers, draw = [], bit_generator.randbits
        bit_generator.randbits = lambda bits: _nb.numbers.pop() if _nb.numbers else draw(bits)
    _nb.numbers[:] = [int(number, 16) for number in reversed(numbers.split())]
`;

/** Reads a text that stands at the end of the script: see `recordedAtEnd`. */
export const recorded = `
place = os.path.abspath(sys.argv[0])

@staticmethod
def recorded(name):
    """What stands under a name at the end of this script."""
    mark = f"#: {name} "
    try:
        with open(_nb.place, encoding="utf-8") as lines:
            found = [line[len(mark):] for line in lines if line.startswith(mark)]
    except (OSError, ValueError):
        found = []
    if not found:
        print(f"Results differ: {name} was not found at the end of this script.", file=_nb.sys.stderr)
    return "".join(found)
`;

/** Libraries look at these when they are imported. */
export const variables = `
@staticmethod
def variables(values):
    """Sets environment variables, those that are set already excepted."""
    for name, value in values.items():
        _nb.os.environ.setdefault(name, value)
    if "TZ" in values and hasattr(_nb.time, "tzset"):
        _nb.time.tzset()
`;

/** Python reads its hash seed only when it starts. */
export const hashSeed = `
@staticmethod
def hash_seed(seed):
    """Starts this script again under the hash seed of the notebook: the order of sets depends on it."""
    started = getattr(_nb.sys, "orig_argv", ["", *_nb.sys.argv])[1:]
    script = _nb.sys.argv[0] in started and _nb.os.path.isfile(_nb.sys.argv[0])
    known = _nb.os.environ.get("PYTHONHASHSEED") == seed or _nb.sys.flags.ignore_environment
    if known or not script or "IPython" in _nb.sys.modules:
        return
    _nb.os.environ["PYTHONHASHSEED"] = seed
    if _nb.os.name == "nt":
        _nb.sys.exit(_nb.subprocess.call([_nb.sys.executable, *started]))
    _nb.os.execv(_nb.sys.executable, [_nb.sys.executable, *started])
`;
