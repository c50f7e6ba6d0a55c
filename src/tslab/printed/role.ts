/** The role of one number of a printed line. */

/** The role of a number. */
export interface IRole {
  /** `ratio` divides the metric before it; a `total` is that of a counter. */
  readonly kind: 'counter' | 'total' | 'ratio' | 'suffix' | 'metric';
  readonly name: string;
  /** False: only its varying with a counter makes it a metric. */
  readonly isSure: boolean;
}

/** Undefined: it is none of what is told apart. */
export type Role = IRole | undefined;

/** A role. */
export function role(kind: IRole['kind'], name = '', isSure = true): IRole {
  return { kind, name, isSure };
}
