/** A printed line whose numbers are judged one after another, and what the ones before tell of the next. */
import type { Role } from './role.js';

/** Ends the name of a number that a loop tries, one after another. */
export const SWEPT = '=';

/** What the code calls each number of a line, where that is known. */
export type Names = ReadonlyArray<string | undefined>;

/** One number of a line, and what stands around it. */
export interface INumber {
  readonly index: number;
  readonly before: string;
  readonly after: string;
  /** What the code calls it, where that is known. */
  readonly own: string | undefined;
}

/** What is known of a line so far. */
export class Judging {
  /**
   * @param texts - those around the numbers.
   * @param whole - of each number, whether it is an integer.
   */
  constructor(
    readonly texts: readonly string[],
    readonly whole: readonly boolean[],
    readonly names: Names
  ) {
    this.lead = names.find(name => name?.includes('//'))?.split('//')[1] ?? '';
  }

  /** The name of the row that the whole line is of, as the code has it. */
  readonly lead: string;

  /** The role of each number. */
  readonly found: Role[] = [];
  /** The words before each number, as a name. */
  readonly labels: string[] = [];
  /** The words before a counter, which name the number after it: `Cost after iteration 100: 0.3`. */
  carried: readonly string[] = [];
  /** Of the text after the last number so much says what there were so many of: `20 episodes`. */
  counted = 0;
  /** The part of the data that the present group of the line is of. */
  group: string | undefined;
  /** What the code printed before a number to say whose it is, as the name of a model. */
  row = '';
  /** The name of the number after the present one, where a label has two: `train/test loss`. */
  second = '';
  /** Whether the line begins with what a loop tries: what has a name beside it was measured for it. */
  isSwept = false;

  /** The role of the number before the present one. */
  get previous(): Role {
    return this.found.at(-1);
  }

  /** Whether no number comes after one. */
  isLast(index: number): boolean {
    return index + 1 >= this.whole.length;
  }
}
