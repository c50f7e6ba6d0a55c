import type { IDisposable } from '@lumino/disposable';
import { DisposableDelegate } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import { toNumber } from '../../runlog/numbers.js';
import type { BacktrailClient } from './client.js';
import type { IFollowMessage, IWireSeries, SeriesOf } from './protocol.js';

/**
 * Points are downsampled for charts of this width, in pixels. One width for all charts, so that those
 * of the panel and of the run view share what is sent.
 */
export const SERIES_WIDTH = 480;

/** The points of one metric: three lists of one length; NaN where a value is not a number. */
export interface IPoints {
  step: number[];
  /** Seconds since 1970. */
  time: number[];
  value: number[];
  /** How many points the file holds, of which these are a downsampling. */
  count: number;
}

function numberOf(value: unknown): number {
  return toNumber(value) ?? NaN;
}

/** Points as they came from the server, as numbers. */
export function pointsOf(wire: IWireSeries): IPoints {
  return {
    step: wire.step.map(numberOf),
    time: wire.time.map(numberOf),
    value: wire.value.map(numberOf),
    count: wire.count
  };
}

/** Adds points at the end; `points` itself grows. */
export function append(points: IPoints, wire: IWireSeries): void {
  for (let i = 0; i < wire.value.length; i++) {
    points.step.push(numberOf(wire.step[i]));
    points.time.push(numberOf(wire.time[i]));
    points.value.push(numberOf(wire.value[i]));
  }
  points.count = wire.count;
}

/** What is used here of the client; without `series` there are no details. */
export type SeriesClient = Pick<BacktrailClient, 'follow'> &
  Partial<Pick<BacktrailClient, 'series'>>;

/** The metrics of one run, live while somebody watches. */
export class RunSeries {
  /**
   * @param run - the run's id
   * @param width - how many pixels wide it will be drawn
   * @param of - the metrics that the run logged, or those of the machine
   */
  constructor(
    client: SeriesClient,
    readonly run: string,
    readonly width: number,
    readonly of: SeriesOf = 'metrics'
  ) {
    this._client = client;
  }

  /** The metrics' points, in the order in which the metrics appeared. */
  get points(): ReadonlyMap<string, IPoints> {
    return this._points;
  }

  /** Whether all that was logged is here. */
  get isReady(): boolean {
    return this._reading === 1;
  }

  /** How much of what was logged has been read, from 0 to 1: a long series is shown as it comes in. */
  get reading(): number {
    return this._reading;
  }

  /** Why nothing more comes; empty while all is well. */
  get error(): string {
    return this._error;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Emits when a metric came that was not there before. */
  get metricsChanged(): ISignal<this, void> {
    return this._metricsChanged;
  }

  /** Follow the metrics until the returned object is disposed. */
  watch(): IDisposable {
    this._watchers++;
    if (!this._follow) {
      this._start();
    }
    return new DisposableDelegate(() => {
      if (--this._watchers === 0) {
        this._follow?.dispose();
        this._follow = null;
      }
    });
  }

  /**
   * The points of a metric between two steps, in as much detail as there is width for.
   *
   * @param width - up to four points a pixel come back; that of the charts when it is left out
   */
  async detail(
    metric: string,
    from = -Infinity,
    to = Infinity,
    width = this.width
  ): Promise<IPoints | undefined> {
    const series = await this._client.series?.(this.run, width, [metric], {
      ...(Number.isFinite(from) && { from }),
      ...(Number.isFinite(to) && { to }),
      ...(this.of === 'system' && { of: this.of })
    });
    return series && Object.hasOwn(series, metric) ? pointsOf(series[metric]) : undefined;
  }

  private _start(): void {
    this._follow?.dispose();
    this._follow = this._client.follow(
      {
        follow: 'series',
        run: this.run,
        keys: null,
        width: this.width,
        ...(this.of === 'system' && { of: this.of })
      },
      { message: message => this._onMessage(message) }
    );
  }

  private _onMessage(message: IFollowMessage): void {
    if (message.error !== undefined) {
      this._error = message.error;
    }
    const before = this._points.size;
    if (message.series) {
      this._error = '';
      this._reading = message.reading ?? 1;
      this._points = new Map(
        Object.entries(message.series).map(([key, wire]) => [key, pointsOf(wire)])
      );
    }
    let most = 0;
    for (const [key, wire] of Object.entries(message.points ?? {})) {
      const points = this._points.get(key);
      if (points) {
        append(points, wire);
        most = Math.max(most, points.value.length);
      } else {
        this._points.set(key, pointsOf(wire));
      }
    }
    if (most > 8 * this.width) {
      // Enough has come in to be downsampled anew; the answer replaces what is here.
      this._start();
    }
    this._changed.emit();
    if (this._points.size !== before || message.error !== undefined) {
      this._metricsChanged.emit();
    }
  }

  private _changed = new Signal<this, void>(this);
  private _client: SeriesClient;
  private _error = '';
  private _follow: IDisposable | null = null;
  private _metricsChanged = new Signal<this, void>(this);
  private _points = new Map<string, IPoints>();
  private _reading = 0;
  private _watchers = 0;
}
