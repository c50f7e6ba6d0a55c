/** From what one execution prints to metrics: texts, lines, what they say, points. */
import { milliseconds, ticks } from '../clock.js';
import type { NamesOf } from './calls.js';
import { Lines } from './lines.js';
import { clean, LONGEST } from './pieces.js';
import { type IPoint, Reader } from './reader.js';

/** Characters that wait to be read; what is printed beyond that is lost for metrics. */
const LARGEST = 32 << 20;
/** Texts that are read before looking at the clock again, less one. */
const TURN = 15;

/** A text that was printed, and when, in milliseconds since 1970. */
interface IText {
  readonly stream: string;
  readonly text: string;
  readonly time: number;
}

/** What was read of one stream. */
interface IStream {
  readonly lines: Lines;
  readonly reader: Reader;
  /** When its last text was printed. */
  time: number;
}

/** What one execution printed, and what was read of it. */
export class Printing {
  /** @param told - is given the metrics of a line, and when it was printed. */
  constructor(private readonly _told: (point: IPoint, time: number) => void) {}

  /** Names for the numbers that the execution prints. */
  names: NamesOf = () => [];

  /** Whether the execution is over, so that a line without an end is one as well. */
  isOver = false;

  /** Takes a text that was printed; false where so much was that it is lost. */
  take(stream: string, text: string): boolean {
    if (this._size + text.length > LARGEST) {
      return false;
    }
    this._size += text.length;
    this._waiting.push({ stream, text, time: milliseconds() });
    return true;
  }

  /** Reads what was printed, for so many milliseconds; true when all was read. */
  read(most: number): boolean {
    const until = ticks() + most;
    const waiting = this._waiting;
    let at = 0;
    for (; at < waiting.length; at++) {
      const { stream: name, text, time } = waiting[at];
      let stream = this._streams.get(name);
      if (stream === undefined) {
        this._streams.set(name, (stream = { lines: new Lines(), reader: new Reader(), time }));
      }
      stream.time = time;
      for (const line of stream.lines.feed(text)) {
        this._readLine(stream, line);
      }
      if ((at & TURN) === TURN && ticks() > until) {
        at += 1;
        break;
      }
    }
    waiting.splice(0, at);
    if (waiting.length > 0) {
      return false;
    }
    if (this.isOver) {
      for (const stream of this._streams.values()) {
        for (const line of stream.lines.flush()) {
          this._readLine(stream, line);
        }
      }
    }
    return true;
  }

  private _readLine({ reader, time }: IStream, line: string): void {
    if (line.length > 2 * LONGEST) {
      return;
    }
    const text = clean(line);
    const point = reader.read(text, this.names(text));
    if (point !== undefined) {
      this._told(point, time);
    }
  }

  private _size = 0;
  private readonly _streams = new Map<string, IStream>();
  private readonly _waiting: IText[] = [];
}
