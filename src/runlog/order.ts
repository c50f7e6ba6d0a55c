import type { JsonObject } from './json.js';
import type { ILines } from './lines.js';
import { readLines } from './lines.js';

/** A session log that was read. */
export interface ILog extends ILines {
  /** The log's id: the name of its file without the ending. */
  id: string;
}

/** Reads a session log. */
export function readLog(id: string, data: string | Uint8Array): ILog {
  return { id, ...readLines(data) };
}

/** Where an event stands among those of all logs of a notebook. */
export interface IStamp {
  /** Its time, but no earlier than that of the line before it in its log. */
  readonly time: string;
  readonly log: string;
  readonly line: number;
}

/** Negative when `a` comes before `b`, positive when after, 0 when they are the same line. */
export function compareStamps(a: IStamp, b: IStamp): number {
  if (a.time !== b.time) {
    return a.time < b.time ? -1 : 1;
  }
  if (a.log !== b.log) {
    return a.log < b.log ? -1 : 1;
  }
  return a.line - b.line;
}

/**
 * Stamps the events of one log, in the order of its lines.
 *
 * #### Notes
 * The clock of a machine may be set back while a log is written. Its lines keep their order all the
 * same: a stamp's time never goes back.
 */
export class LogClock {
  constructor(readonly log: string) {}

  /** The stamp of the next event. */
  stamp(event: JsonObject): IStamp {
    const time = event.time;
    if (typeof time === 'string' && time > this._time) {
      this._time = time;
    }
    return { time: this._time, log: this.log, line: this._line++ };
  }

  private _time = '';
  private _line = 0;
}

/** An event and where it stands. */
export interface IStampedEvent {
  event: JsonObject;
  stamp: IStamp;
}

/** The events of several logs in the one order in which they are applied. */
export function mergeLogs(logs: Iterable<Pick<ILog, 'id' | 'events'>>): IStampedEvent[] {
  const all: IStampedEvent[] = [];
  for (const log of logs) {
    const clock = new LogClock(log.id);
    for (const event of log.events) {
      all.push({ event, stamp: clock.stamp(event) });
    }
  }
  return all.sort((a, b) => compareStamps(a.stamp, b.stamp));
}
