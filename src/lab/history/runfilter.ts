import {
  complete,
  createFilter,
  FilterError,
  type ICompletion,
  previousRuns,
  vocabularyOf,
  type IVocabulary
} from '../../runlog/filter.js';
import type { IRunSummary } from '../store/protocol.js';

/** The filter of a list of runs, as it is written. */
export class RunFilter {
  constructor(readonly text: string) {
    try {
      createFilter(text);
    } catch (reason) {
      if (!(reason instanceof FilterError)) {
        throw reason;
      }
      this.error = reason;
    }
  }

  /** Why the text is no filter; null when it is one. */
  readonly error: FilterError | null = null;

  /** Whether it is only not complete yet: somebody is writing. */
  get isIncomplete(): boolean {
    return this.error !== null && this.error.start >= this.text.trimEnd().length;
  }

  /** The runs that it lets through. */
  apply(runs: readonly IRunSummary[]): readonly IRunSummary[] {
    return this.error === null
      ? runs.filter(createFilter(this.text, { previous: previousRuns(runs) }))
      : runs;
  }
}

/** Completes filters over some runs. */
export class RunFilterCompleter {
  constructor(private readonly _runs: readonly IRunSummary[]) {}

  /** What could stand at the cursor. */
  at(text: string, cursor: number): ICompletion {
    // Made with the first completion: most of the time nobody is writing a filter.
    this._vocabulary ??= vocabularyOf(this._runs);
    return complete(text, cursor, this._vocabulary);
  }

  private _vocabulary: IVocabulary | undefined;
}
