/**
 * What a script does before its first cell.
 */

import type { Parts } from './part.js';

/** See above. */
export const beginning: Parts = {
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
  os: { imports: ['os'], python: '' }
};
