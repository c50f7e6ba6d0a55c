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
  const day = Math.floor(seconds / DAY);
  if (day !== last.day) {
    last = { day, text: new Date(day * DAY * 1000).toISOString().slice(0, 11) };
  }
  const ofDay = seconds - day * DAY;
  const hours = Math.floor(ofDay / 3600);
  const minutes = Math.floor(ofDay / 60) - hours * 60;
  const clock = `${two(hours)}:${two(minutes)}:${two(ofDay % 60)}`;
  const fraction = String(microseconds - seconds * 1e6).padStart(6, '0');
  return `${last.text}${clock}.${fraction}Z`;
}

const DAY = 86_400;

function two(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}

/** Times that are written are of one day, nearly always; to have `Date` make them takes each cell longer. */
let last = { day: NaN, text: '' };
