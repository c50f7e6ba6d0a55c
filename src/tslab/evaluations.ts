/** Tells when the code of a cell has come to its end, before the kernel takes away what it gave. */

/** Is asked when a cell is about to be evaluated, and gives what is to be called when that is done. */
export type Begin = () => (() => void) | undefined;

let begin: Begin | undefined;

/** Has `begin` asked from now on; undefined: nobody. */
export function follow(asked: Begin | undefined): void {
  begin = asked;
}

/** Evaluates a cell by calling `run`. Whoever follows is called first when a promise of it is kept. */
export function evaluated(run: () => unknown): unknown {
  const done = guarded(() => begin?.());
  const result = run();
  if (done !== undefined) {
    if (result instanceof Promise) {
      result.then(
        () => guarded(done),
        () => undefined
      );
    } else {
      guarded(done);
    }
  }
  return result;
}

function guarded<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch {
    // Nothing that listens may reach the cell.
    return undefined;
  }
}
