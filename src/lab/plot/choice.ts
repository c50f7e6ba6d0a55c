import { Signal, type ISignal } from '@lumino/signaling';
import type { XAxis } from './axis.js';

/** How charts are drawn: what their user chose. */
export interface IPlotChoice {
  readonly axis: XAxis;
  readonly isLogX: boolean;
  readonly isLogY: boolean;
  /** The weight of what came before, from 0 (not smoothed) to below 1. */
  readonly smoothing: number;
  /** Whether it is marked where cells began and params changed. */
  readonly hasMarks: boolean;
  /** How many charts stand beside each other; 0 as many as there is room for. */
  readonly columns: number;
  /** Whether the charts above the table of runs are folded. */
  readonly isFolded: boolean;
}

/** Nobody has chosen anything. */
export const PLAIN_CHOICE: IPlotChoice = {
  axis: 'step',
  isLogX: false,
  isLogY: false,
  smoothing: 0,
  hasMarks: true,
  columns: 0,
  isFolded: false
};

/** The strongest smoothing. */
export const SMOOTHEST = 0.98;

/** A choice as settings hold it, whatever somebody wrote there. */
export function choiceOf(value: unknown): IPlotChoice {
  const given = (typeof value === 'object' && value !== null ? value : {}) as {
    readonly [key in keyof IPlotChoice]?: unknown;
  };
  const { axis, smoothing, columns } = given;
  return {
    axis: axis === 'time' || axis === 'clock' ? axis : 'step',
    isLogX: given.isLogX === true,
    isLogY: given.isLogY === true,
    smoothing: typeof smoothing === 'number' && smoothing > 0 ? Math.min(SMOOTHEST, smoothing) : 0,
    hasMarks: given.hasMarks !== false,
    columns: columns === 1 || columns === 2 || columns === 3 ? columns : 0,
    isFolded: given.isFolded === true
  };
}

/** The one choice of a page, for the charts of all runs. */
export class PlotChoice {
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get value(): IPlotChoice {
    return this._value;
  }

  /** Changes it, and keeps it where there is something to keep it in. */
  set(change: Partial<IPlotChoice>): void {
    this._value = { ...this._value, ...change };
    this._changed.emit();
    this._keep?.(this._value);
  }

  /** Goes by what was kept, and has changes kept from now on. */
  connect(kept: unknown, keep: (value: IPlotChoice) => void): void {
    this._value = choiceOf(kept);
    this._keep = keep;
    this._changed.emit();
  }

  private _changed = new Signal<this, void>(this);
  private _keep: ((value: IPlotChoice) => void) | null = null;
  private _value = PLAIN_CHOICE;
}

/** How the charts of this page are drawn. */
export const plotChoice = new PlotChoice();
