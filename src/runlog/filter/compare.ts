import { toNumber } from '../numbers.js';
import { FilterError } from './error.js';
import type { Operator, Value } from './expression.js';
import { readTime } from './time.js';

/** Whether a value of a run is as a comparison says. It is asked for single values, never for a missing one. */
export type Test = (actual: unknown) => boolean;

const DAY = 86_400_000;

/**
 * The test that a comparison makes.
 *
 * @param isTime - whether the key holds times, so that a text is read as one.
 * @param now - milliseconds since 1970, for `today` and `7d ago`.
 *
 * @throws FilterError when the value cannot be compared so.
 */
export function comparison(operator: Operator, value: Value, isTime: boolean, now: number): Test {
  if (operator === '~' || operator === '!~') {
    const pattern = regularExpression(value);
    return actual => pattern.test(textOf(actual)) === (operator === '~');
  }
  if (value.kind === 'boolean') {
    const wanted = value.value;
    return equality(operator, value, actual =>
      typeof actual === 'string' ? actual.toLowerCase() === String(wanted) : actual === wanted
    );
  }
  if (value.kind === 'number' || value.kind === 'duration') {
    const wanted = value.kind === 'number' ? value.value : value.seconds;
    return actual => {
      const number = numberOf(actual);
      return number !== undefined && ordered(operator, number, wanted, wanted);
    };
  }
  if (value.kind !== 'text' || isTime) {
    const [start, end] = span(value, now);
    return actual => {
      const time = typeof actual === 'string' ? readTime(actual) : undefined;
      return time !== undefined && ordered(operator, time, start, end);
    };
  }
  const wanted = value.value;
  const asNumber = readNumber(wanted);
  return actual => {
    if (typeof actual === 'number' && asNumber !== undefined) {
      return ordered(operator, actual, asNumber, asNumber);
    }
    const text = textOf(actual);
    return ordered(operator, text < wanted ? -1 : text > wanted ? 1 : 0, 0, 0);
  };
}

/** A value as a text: what is no text is written as JSON. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function numberOf(actual: unknown): number | undefined {
  if (typeof actual === 'string') {
    return toNumber(actual) ?? readNumber(actual);
  }
  return typeof actual === 'number' ? actual : undefined;
}

/** The number that a text is; undefined where it is none, as the hexadecimal ones of JavaScript are. */
function readNumber(text: string): number | undefined {
  const trimmed = text.trim();
  return /^(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[+-]?Infinity)$/.test(trimmed)
    ? Number(trimmed)
    : undefined;
}

/** Compares with what lasts from `start` to `end`; a single value begins and ends in itself. */
function ordered(operator: Operator, actual: number, start: number, end: number): boolean {
  const equal = start === end ? actual === start : actual >= start && actual < end;
  switch (operator) {
    case '=':
      return equal;
    case '!=':
      return !equal;
    case '<':
      return actual < start;
    case '<=':
      return actual < start || equal;
    case '>':
      return start === end ? actual > start : actual >= end;
    case '>=':
      return actual >= start;
    default:
      return false;
  }
}

function equality(operator: Operator, value: Value, equal: Test): Test {
  if (operator === '=') {
    return equal;
  }
  if (operator === '!=') {
    return actual => !equal(actual);
  }
  throw new FilterError('true and false can only be compared by = and !=.', value);
}

function regularExpression(value: Value): RegExp {
  if (value.kind !== 'text' && value.kind !== 'number') {
    throw new FilterError('A pattern is a text: put it into quotation marks.', value);
  }
  try {
    return new RegExp(value.kind === 'number' ? value.text : value.value, 'iu');
  } catch {
    throw new FilterError(
      'This pattern is not a regular expression that can be understood.',
      value
    );
  }
}

/** The moments from which and up to which a date lasts, in milliseconds since 1970. */
export function span(value: Value, now: number): [number, number] {
  switch (value.kind) {
    case 'ago':
      return [now - value.seconds * 1000, now - value.seconds * 1000];
    case 'day': {
      if (value.word === 'now') {
        return [now, now];
      }
      const today = new Date(now);
      today.setHours(0, 0, 0, 0);
      const back = value.word === 'yesterday' ? 1 : 0;
      return [dayAfter(today, -back), dayAfter(today, 1 - back)];
    }
    case 'moment':
    case 'text': {
      const text = value.kind === 'text' ? value.value : value.text;
      // A date alone is that day where whoever asks is, and ends with it.
      const whole = /^\d{4}-\d\d-\d\d$/.test(text);
      const start = readTime(text);
      if (start === undefined) {
        throw new FilterError(
          `“${text}” is not a date: write it as 2026-11-23 or 2026-11-23T15:00.`,
          value
        );
      }
      return [start, whole ? dayAfter(new Date(start), 1) : start];
    }
    default:
      throw new FilterError(
        'A time is compared with a date, as 2026-11-23, or with 7d ago.',
        value
      );
  }
}

function dayAfter(day: Date, days: number): number {
  const moved = new Date(day.getTime());
  moved.setDate(moved.getDate() + days);
  // Where a day has no such hour, the one that was asked for is off by it.
  return Number.isNaN(moved.getTime()) ? day.getTime() + days * DAY : moved.getTime();
}
