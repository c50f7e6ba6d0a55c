import type { IPlace } from './expression.js';

/** A filter that cannot be understood: one sentence, and where in its text the trouble is. */
export class FilterError extends Error {
  constructor(message: string, place: IPlace) {
    super(message);
    this.name = 'FilterError';
    this.start = place.start;
    this.end = place.end;
  }

  /** The first character that is wrong; the length of the text when something is missing there. */
  readonly start: number;

  /** Behind the last character that is wrong. */
  readonly end: number;
}
