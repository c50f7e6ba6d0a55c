import {
  complete,
  createDecision,
  FilterError,
  type ICompletion,
  previousRuns,
  vocabularyOf,
  type IVocabulary
} from '../../runlog/filter.js';
import type { CommitAncestry } from '../store/ancestry.js';
import type { IRunSummary } from '../store/protocol.js';

/** The filter of a list of runs, as it is written. */
export class RunFilter {
  /** @param ancestry - answers `contains_commit`; without it nobody can tell */
  constructor(
    readonly text: string,
    private readonly _ancestry?: CommitAncestry
  ) {
    try {
      createDecision(text, {}, () => () => undefined);
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
    this._undecided = 0;
    if (this.error !== null) {
      return runs;
    }
    const decide = createDecision(
      this.text,
      { previous: previousRuns(runs) },
      commit => this._ancestry?.of(commit, runs) ?? (() => undefined)
    );
    return runs.filter(run => {
      const decision = decide(run);
      this._undecided += decision === undefined ? 1 : 0;
      return decision === true;
    });
  }

  /** How many runs were left out because git cannot tell, or has not told yet. */
  get undecided(): number {
    return this._undecided;
  }

  private _undecided = 0;
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
