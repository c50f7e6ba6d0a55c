/**
 * Text for terminals.
 */

/** Rows in columns, the columns as wide as they must be. The first row is the head. */
export function table(rows: ReadonlyArray<ReadonlyArray<string>>): string {
  const clean = rows.map(row => row.map(printable));
  const widths = (clean[0] ?? []).map((_, column) =>
    Math.max(...clean.map(row => width(row[column] ?? '')))
  );
  return clean
    .map(row =>
      row
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell)))
        .join('  ')
        .trimEnd()
    )
    .join('\n');
}

/** Text of a log without what would steer the terminal or break the line. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}+|[\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}

/** A value of a summary as a short text. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) {
    return '';
  }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A time of the log, to the second. */
export function moment(time: string | null): string {
  return time === null ? '' : time.replace('T', ' ').replace(/(?:\.\d+)?Z$/, '');
}

/** Seconds as people say them. */
export function span(seconds: number | null): string {
  if (seconds === null) {
    return '';
  }
  if (seconds < 60) {
    return `${Number(seconds.toPrecision(3))} s`;
  }
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours ? `${hours} h ${minutes} min` : `${minutes} min ${whole % 60} s`;
}

const letters = new Intl.Segmenter();

function width(text: string): number {
  if (/^[ -~]*$/.test(text)) {
    return text.length;
  }
  return Array.from(letters.segment(text)).length;
}
