import { toNumber, type WrittenNumber } from '../runlog/index.js';

/** A number in at most `digits` significant digits, as short as it can be said. */
export function formatNumber(value: WrittenNumber | null, digits = 4): string {
  const number = toNumber(value);
  if (number === undefined) {
    return '–';
  }
  if (!Number.isFinite(number)) {
    return Number.isNaN(number) ? 'NaN' : number > 0 ? '∞' : '-∞';
  }
  const size = Math.abs(number);
  if (Number.isInteger(number) && size < 1e7) {
    return String(number);
  }
  const text =
    size >= 1e7 || size < 1e-4
      ? number
          .toExponential(digits - 1)
          .replace(/\.?0+e/, 'e')
          .replace('e+', 'e')
      : String(Number(number.toPrecision(digits)));
  return text;
}

/** Seconds as people say them: `4 ms`, `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 0.0995) {
    return `${Math.max(0, Math.round(seconds * 1000))} ms`;
  }
  if (seconds < 9.95) {
    return `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  if (whole < 60) {
    return `${whole} s`;
  }
  if (whole < 3600) {
    return whole % 60 ? `${Math.floor(whole / 60)} min ${whole % 60} s` : `${whole / 60} min`;
  }
  const minutes = Math.round(seconds / 60);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return rest ? `${hours} h ${rest} min` : `${hours} h`;
}

let timeFormat: Intl.DateTimeFormat | undefined;

/** A point in time, date and time of day, as people here write it. */
export function formatTime(iso: string): string {
  // One formatter for all: making one costs more than using it a hundred times.
  timeFormat ??= new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : timeFormat.format(time);
}

/** A param's or tag's value on one line. */
export function formatValue(value: unknown): string {
  if (value === undefined) {
    return '–';
  }
  if (typeof value === 'number') {
    return formatNumber(value, 6);
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Bytes as people say them. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let size = bytes;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${unit === 0 ? size : Number(size.toPrecision(3))} ${units[unit]}`;
}
