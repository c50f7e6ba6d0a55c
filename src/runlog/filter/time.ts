/** Times as texts: `2026-11-23`, `2026-11-23T15:00`, and as the log writes them. */

const FORM =
  /^([1-9]\d{3})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?)?$/;
const MINUTE = 60_000;

/**
 * Milliseconds since 1970; undefined where the text is no time. Without a time zone it is local time.
 *
 * #### Notes
 * `Date.parse` takes nearly every text with a number in it for a date: `digits 2` would be in 2001.
 */
export function readTime(text: string): number | undefined {
  const found = FORM.exec(text);
  if (!found) {
    return undefined;
  }
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map(part => (part === undefined ? 0 : Number(part)));
  const milliseconds = Number((found[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (month < 1 || month > 12 || day < 1 || day > days || hour > 23 || minute > 59 || second > 59) {
    return undefined;
  }
  const zone = found[8];
  if (zone === undefined) {
    return new Date(year, month - 1, day, hour, minute, second, milliseconds).getTime();
  }
  const offset = offsetOf(zone);
  return offset === undefined
    ? undefined
    : Date.UTC(year, month - 1, day, hour, minute, second, milliseconds) - offset * MINUTE;
}

/** Minutes before UTC; undefined where there is no such zone. */
function offsetOf(zone: string): number | undefined {
  if (zone === 'Z') {
    return 0;
  }
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number);
  return hours > 23 || minutes > 59
    ? undefined
    : (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
