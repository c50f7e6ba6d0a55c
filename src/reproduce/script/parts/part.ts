/**
 * A function that a script brings along.
 */

/** One member of the script's class. */
export interface IPart {
  /** Modules of the standard library that it uses, as attributes of the class. */
  readonly imports?: ReadonlyArray<string>;
  /** Other parts that it uses. */
  readonly needs?: ReadonlyArray<string>;
  readonly python: string;
}

/** By their names. */
export type Parts = Readonly<Record<string, IPart>>;
