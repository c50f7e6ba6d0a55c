/**
 * Compares what a cell printed and displayed in the notebook with what it did in a replay.
 */

import type { IPlayedCell, IPlayedDisplay } from './played.js';
import { holdsTimings, startsPrograms, tellsMemory } from './traits.js';

/** An output that is not the same on both sides. */
export interface IOutputDifference {
  /** The stream, `figure 1` or `display 1`. */
  readonly name: string;
  readonly recorded: string;
  readonly replayed: string;
}

/** What was found in one cell. */
export interface IComparedOutputs {
  /** How many were compared. */
  readonly compared: number;
  /** How many could not be. */
  readonly uncovered: number;
  readonly differences: ReadonlyArray<IOutputDifference>;
}

/**
 * Compares the outputs of one cell. Pure.
 *
 * @param comparable - whether the digests of both sides were made by the same rules
 */
export function compareOutputs(
  one: IPlayedCell,
  other: IPlayedCell,
  comparable: boolean
): IComparedOutputs {
  const comparing = new ComparingOutputs(holdsTimings(one.source) || tellsMemory(one.source));
  const programs = startsPrograms(one.source) || one.reads.has('subprocess');
  // What magics print is IPython's, and a script does not print it. Of what a cell showed whose end is not
  // recorded, nothing is known.
  const unended = one.status === undefined;
  if (!comparable || unended || one.magics) {
    const { outputs, displays } = unended ? other : one;
    comparing.uncovered = outputs.size + displays.length;
    return comparing;
  }
  comparing.streams(one.outputs, other.outputs, programs);
  comparing.displays(one.displays, other.displays);
  return comparing;
}

class ComparingOutputs implements IComparedOutputs {
  compared = 0;
  uncovered = 0;
  readonly differences: IOutputDifference[] = [];

  /** @param _measured - whether what is shown may be of this process: times, objects that were freed */
  constructor(private readonly _measured: boolean) {}

  /** @param programs - whether programs may have printed, which a notebook hears and a replay does not */
  streams(
    recorded: IPlayedCell['outputs'],
    replayed: IPlayedCell['outputs'],
    programs: boolean
  ): void {
    for (const stream of new Set([...recorded.keys(), ...replayed.keys()])) {
      // Bars of progress are widgets in a notebook, and text on stderr in a script.
      const isExtra = stream !== 'stdout' && !recorded.has(stream);
      const digests = [recorded, replayed].map(
        side => side.get(stream) ?? nothing(side.get(stream))
      );
      const [then, now] = digests;
      if (isExtra || then === undefined || now === undefined || (programs && then !== now)) {
        this.uncovered++;
      } else {
        this._take(stream, 'a text', then, now);
      }
    }
  }

  displays(recorded: ReadonlyArray<IPlayedDisplay>, replayed: ReadonlyArray<IPlayedDisplay>): void {
    // A notebook that draws elsewhere, or into a widget, shows no pictures.
    const now = recorded.some(hasPicture)
      ? replayed
      : replayed.filter(display => !hasPicture(display));
    if (recorded.length !== now.length) {
      this.uncovered += Math.max(recorded.length, now.length);
      return;
    }
    let figures = 0;
    recorded.forEach((display, index) => {
      const found = now[index];
      const type = [...display.pictures.keys()].find(mime => found.pictures.has(mime));
      figures += Number(hasPicture(display));
      if (type !== undefined) {
        const [a = '', b = ''] = [display, found].map(({ pictures }) => pictures.get(type));
        this._take(`figure ${figures}`, 'a picture', a, b);
      } else if (hasPicture(display) || display.text === undefined || found.text === undefined) {
        this.uncovered++;
      } else {
        this._take(`display ${index + 1}`, 'a text', display.text, found.text);
      }
    });
  }

  private _take(name: string, what: string, recorded: string, replayed: string): void {
    if (recorded !== replayed && this._measured) {
      this.uncovered++;
      return;
    }
    this.compared++;
    if (recorded !== replayed) {
      const [then, now] = [recorded, replayed].map(digest =>
        digest === EMPTY ? 'nothing' : `${what} with sha256 ${digest.slice(0, 12)}…`
      );
      this.differences.push({ name, recorded: then, replayed: now });
    }
  }
}

/** The SHA-256 of no text at all. */
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** What stands for a stream without a digest: nothing was printed, or (null) it is never the same. */
function nothing(digest: string | null | undefined): string | undefined {
  return digest === undefined ? EMPTY : undefined;
}

function hasPicture({ pictures }: IPlayedDisplay): boolean {
  return pictures.size > 0;
}
