const ISO = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.(\d{6})Z$/;

/**
 * A time of a session log in microseconds since 1970.
 *
 * #### Notes
 * `Date` keeps milliseconds only, so the fraction is read apart. The result is exact: it is below
 * 2^53 until the year 2255.
 *
 * @returns undefined when the value is not a time in the form of the run log.
 */
export function microseconds(time: unknown): number | undefined {
  const match = typeof time === 'string' ? ISO.exec(time) : null;
  if (match === null) {
    return undefined;
  }
  const seconds = Date.parse(`${match[1]}Z`);
  return Number.isNaN(seconds) ? undefined : seconds * 1000 + Number(match[2]);
}

/** Microseconds since 1970 as a time of a session log; the inverse of {@link microseconds}. */
export function isoTime(microseconds: number): string {
  const seconds = Math.floor(microseconds / 1e6);
  if (seconds !== last.seconds) {
    last = { seconds, text: new Date(seconds * 1000).toISOString().slice(0, 19) };
  }
  const fraction = String(microseconds - seconds * 1e6).padStart(6, '0');
  return `${last.text}.${fraction}Z`;
}

/** Times that are written follow each other closely. */
let last = { seconds: NaN, text: '' };
