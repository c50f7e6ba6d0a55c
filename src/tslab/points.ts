/** Points of metrics on their way to `metrics.jsonl`: the one path of the tracker that has to be fast. */
import { writeNumber } from '../runlog/numbers.js';
import { fieldOf } from '../runlog/points.js';
import { milliseconds } from './clock.js';
import { Log } from './log.js';

/** What one metric of one run needs to get a point to the file. */
interface IChannel {
  /** Its name as it stands in a line, with a comma before and a colon behind. */
  readonly field: string;
  /** The step of its last point. */
  last: number | undefined;
  value: number;
  /** The values that came lately, the last of them last. */
  lately: number[];
}

/** The points of one run. */
export class Points {
  /** @param say - is told, in a sentence, what could not be written. */
  constructor(
    private _path: string,
    private readonly _say: (message: string) => void
  ) {}

  /** How many metrics there are. */
  get size(): number {
    return this._channels.size;
  }

  /** Where the points are. */
  get path(): string {
    return this._path;
  }

  /** The folder was moved. */
  move(path: string): void {
    this._path = path;
    if (this._log) {
      this._log.path = path;
    }
  }

  /** Writes one line with the point of one metric. Without a step it counts on. */
  one(key: string, value: number, step: number | undefined, cell: number | null): void {
    const channel = this._channel(key);
    const at = step ?? (channel.last === undefined ? 0 : channel.last + 1);
    this._write(at, undefined, cell, channel.field + number(value));
    channel.last = at;
    remember(channel, value);
  }

  /**
   * Writes one line with the points of several metrics.
   *
   * @param step - without it, one more than the highest last step of these metrics, from 0.
   * @param time - milliseconds since 1970; without it, now.
   */
  many(
    values: ReadonlyMap<string, number>,
    step: number | undefined,
    cell: number | null,
    time?: number
  ): void {
    let text = '';
    let highest = -1;
    const channels: IChannel[] = [];
    for (const [key, value] of values) {
      const channel = this._channel(key);
      channels.push(channel);
      highest = Math.max(highest, channel.last ?? -1);
      text += channel.field + number(value);
      remember(channel, value);
    }
    const at = step ?? highest + 1;
    for (const channel of channels) {
      channel.last = at;
    }
    this._write(at, time, cell, text);
  }

  /** The values of a metric that came lately. */
  lately(key: string): readonly number[] {
    return this._channels.get(key)?.lately ?? [];
  }

  /** The last value of each metric. */
  last(): Record<string, number> {
    return Object.fromEntries([...this._channels].map(([key, { value }]) => [key, value]));
  }

  /** Makes sure that the file is still there. */
  check(): void {
    this._log?.check();
  }

  /** Has them put on the disk, and does not wait for it. */
  syncSoon(): void {
    this._log?.syncSoon();
  }

  /** Closes the file. The next point, should there be one, opens it again. */
  close(): void {
    this._log?.sync();
    this._log?.close();
    this._log = undefined;
  }

  private _channel(key: string): IChannel {
    let channel = this._channels.get(key);
    if (channel === undefined) {
      channel = {
        field: `,${JSON.stringify(fieldOf(key))}:`,
        last: undefined,
        value: NaN,
        lately: []
      };
      this._channels.set(key, channel);
    }
    return channel;
  }

  private _write(step: number, time: number | undefined, cell: number | null, text: string): void {
    this._log ??= new Log(this._path, this._say);
    const seconds = Math.round((time ?? milliseconds()) * 1000) / 1e6;
    this._log.write(`{"step":${number(step)},"time":${seconds},"cell":${cell}${text}}\n`);
  }

  private readonly _channels = new Map<string, IChannel>();
  private _log: Log | undefined;
}

/** So many values of a metric are remembered, and half of them when there are more. */
const MOST_LATELY = 4096;

function remember(channel: IChannel, value: number): void {
  channel.value = value;
  if (channel.lately.push(value) > MOST_LATELY) {
    channel.lately = channel.lately.slice(MOST_LATELY / 2);
  }
}

function number(value: number): string {
  return value - value === 0 ? String(value) : JSON.stringify(writeNumber(value));
}
