/** Causes that lie in random numbers. */
import { cause, type ICause, type ICircumstances } from './cause.js';
import type { IPlayedCell } from './played.js';
import { ofSource } from './sources.js';
import { asksSystem, drawsFromCrypto, readsClock, seedOf } from './traits.js';

/** A seed was taken from a clock, or from the system. */
export function ofSeed(at: number, { recorded, label }: ICircumstances): ICause | undefined {
  /** Names whose values are new each time, with the cell they come from. */
  const restless = new Map<string, IPlayedCell>();
  for (const cell of recorded.cells.slice(0, at + 1)) {
    const seed = seedOf(cell.source);
    const fresh = readsClock(seed) || asksSystem(seed);
    const from = fresh
      ? cell
      : (seed.match(/\w+/g) ?? []).map(name => restless.get(name)).find(Boolean);
    if (from) {
      const { kind } = ofSource(from) ?? { kind: 'not captured' as const };
      const what = kind === 'clock' ? 'a clock' : 'what is new each time';
      return cause(kind, `A seed of random numbers comes from ${what}, in cell ${label(from.n)}.`);
    }
    if (readsClock(cell.source) || asksSystem(cell.source)) {
      [...cell.values.keys()].forEach(name => restless.set(name, cell));
    }
  }
  return undefined;
}

/** The streams were in another state when the cell began, or one before it. */
export function ofStreams(
  at: number,
  { recorded, replayed, label }: ICircumstances
): ICause | undefined {
  for (let i = 0; i <= at; i++) {
    for (const [stream, digest] of recorded.cells[i]?.streams ?? []) {
      const found = replayed.cells[i]?.streams.get(stream);
      if (found !== undefined && found !== digest) {
        const where = label(recorded.cells[i].n);
        return cause(
          'random numbers',
          `The random numbers of ${stream} began cell ${where} in another state than in the notebook.`
        );
      }
    }
  }
  return undefined;
}

/** The cell draws from `crypto`, or uses what an earlier cell did that draws from it, such as a function. */
export function ofCrypto(at: number, { recorded, label }: ICircumstances): ICause | undefined {
  /** Names of what draws, or was drawn, with the cell that they come from. */
  const drawn = new Map<string, IPlayedCell>();
  const sourceOf = (cell: IPlayedCell): IPlayedCell | undefined =>
    drawsFromCrypto(cell.source)
      ? cell
      : (cell.source.match(/\w+/g) ?? []).map(name => drawn.get(name)).find(Boolean);
  for (const cell of recorded.cells.slice(0, at)) {
    const from = sourceOf(cell);
    [...cell.values.keys()].forEach(name => (from ? drawn.set(name, from) : drawn.delete(name)));
  }
  const from = sourceOf(recorded.cells[at]);
  return (
    from &&
    cause(
      'not captured',
      `Cell ${label(from.n)} draws from \`crypto\`, which no seed governs; draws from \`Math.random\` are recorded.`
    )
  );
}
