/** What the user has set: in the settings of the extension, or, which counts more, in the environment. */
import { patternsOf } from '../secrets/redactor.js';

const OFF = new Set(['off', '0', 'no', 'false']);

/** The options that come with attaching, by the names that the kernels of all languages know. */
export interface IOptions {
  readonly notebook?: string;
  readonly capture?: boolean;
  readonly directory?: string;
  readonly redact?: readonly string[];
  readonly keep_files_up_to?: number;
  readonly from_top?: boolean;
  readonly capture_values?: string;
  readonly capture_off?: readonly string[];
}

/** Options by name; `BACKTRAIL_<NAME>` in the environment wins. */
export class Options {
  /** Takes the options of a request; those that it does not name stay. */
  use(given: IOptions): void {
    Object.assign(this._given, given);
  }

  /** A number that is not negative, `fallback` where none is given. */
  number(name: string, fallback: number): number {
    for (const found of [variable(name), this._given[name]]) {
      const isGiven = typeof found === 'number' || (typeof found === 'string' && found.trim());
      const value = isGiven ? Number(found) : NaN;
      if (value >= 0 && value < Infinity) {
        return value;
      }
    }
    return fallback;
  }

  /** A word, `fallback` where none is given. */
  word(name: string, fallback: string): string {
    for (const found of [variable(name), this._given[name]]) {
      if (typeof found === 'string' && found.trim()) {
        return found.trim();
      }
    }
    return fallback;
  }

  /** A list of words; in the environment they are separated by commas. */
  words(name: string): string[] {
    const found: unknown = variable(name)?.split(',') ?? this._given[name];
    const words: unknown[] = Array.isArray(found) ? found : [];
    return words.flatMap(word => (typeof word === 'string' && word.trim() ? [word.trim()] : []));
  }

  private readonly _given: Record<string, unknown> = {};
}

function variable(name: string): string | undefined {
  return process.env[`BACKTRAIL_${name.toUpperCase()}`];
}

/** Reads options as they were sent. */
export function readOptions(text: string): IOptions {
  const found: unknown = JSON.parse(text);
  return typeof found === 'object' && found !== null ? found : {};
}

/** Whether capture is switched off for everything of this user or kernel. */
export function isSwitchedOff(): boolean {
  return OFF.has((process.env['BACKTRAIL'] ?? '').trim().toLowerCase());
}

/** The user's own patterns of what is withheld. */
export function ownPatterns({ redact }: IOptions): string[] {
  return patternsOf(redact, process.env['BACKTRAIL_REDACT']);
}
