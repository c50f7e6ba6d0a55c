/** What is found of params. */
import type { Plain } from './wanted.js';

/** A param that was found. */
export interface IParamFound {
  readonly key: string;
  readonly value: Plain;
  /** `name`, `config` or `call`. */
  readonly origin: string;
  /** The name whose value it is, where an earlier cell bound it. */
  readonly name: string | undefined;
}
