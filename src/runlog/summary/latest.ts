import { compareStamps, type IStamp } from '../order.js';

/** The value that was set last, in whatever order the logs are read. */
export class Latest<T> {
  /** The value, or undefined when none was set. */
  get value(): T | undefined {
    return this._value;
  }

  set(value: T, stamp: IStamp): void {
    if (this._stamp === undefined || compareStamps(stamp, this._stamp) >= 0) {
      this._value = value;
      this._stamp = stamp;
    }
  }

  private _value: T | undefined;
  private _stamp: IStamp | undefined;
}

/** The values that were set last, by a key. */
export class LatestByKey<T> {
  set(key: string, value: T, stamp: IStamp): void {
    const known = this._entries.get(key);
    if (known === undefined || compareStamps(stamp, known.stamp) >= 0) {
      this._entries.set(key, { value, stamp });
    }
  }

  /** Keys and values, in the order in which the keys first came. */
  entries(): [key: string, value: T][] {
    return [...this._entries].map(([key, { value }]) => [key, value]);
  }

  /** The values, in the order of the events that set them. */
  values(): T[] {
    return [...this._entries.values()]
      .sort((a, b) => compareStamps(a.stamp, b.stamp))
      .map(({ value }) => value);
  }

  private _entries = new Map<string, { value: T; stamp: IStamp }>();
}
