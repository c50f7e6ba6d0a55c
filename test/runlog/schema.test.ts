import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { isId } from '../../src/runlog/index.js';
import { isEvent, kindOf, NEEDS } from '../../src/runlog/kinds.js';
import { events, SessionLogLine } from '../../src/runlog/schema.js';
import { vectors } from './vector.js';

const TIME = '2026-11-23T15:16:15.123456Z';
const RUN = '20261123-151615123-a1b2';
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const lines = vectors().flatMap(({ logs }) => logs.flatMap(log => log.events));

describe('the schema of the run log', () => {
  it('is the one that is committed as JSON Schema', async () => {
    const check = promisify(execFile)(process.execPath, ['scripts/schema.mjs', '--check'], {
      cwd: ROOT
    });
    await expect(check).resolves.toMatchObject({ stderr: '' });
  });

  it('keeps fields that nobody knows yet', () => {
    const line = { event: 'note', time: TIME, run: RUN, text: 'a', colour: { red: 1 } };
    expect(SessionLogLine.parse(line)).toStrictEqual(line);
  });

  it('keeps events that nobody knows yet', () => {
    const line = { event: 'quantum_state', time: TIME, qubits: [0, 1] };
    expect(SessionLogLine.parse(line)).toStrictEqual(line);
  });

  it('refuses a known event that lacks a field, rather than take it for an unknown one', () => {
    expect(SessionLogLine.safeParse({ event: 'note', time: TIME, run: RUN }).success).toBe(false);
  });

  it('is spoken by the shared logs, every event of it', () => {
    const spoken = new Set(lines.map(kindOf));
    expect(Object.keys(events).filter(kind => !spoken.has(kind as keyof typeof events))).toEqual(
      []
    );
  });
});

describe('an event', () => {
  it.each(Object.keys(events) as (keyof typeof events)[])(
    '%s needs no more to be read than its schema demands',
    kind => {
      const shape: Record<string, { safeParse(value: unknown): { success: boolean } }> =
        events[kind].shape;
      const samples = { string: ['text', RUN, 'a'.repeat(64)], number: [1], boolean: [true] };
      for (const [field, type] of Object.entries(NEEDS[kind])) {
        expect(shape[field].safeParse(undefined).success).toBe(false);
        expect(samples[type].some(value => shape[field].safeParse(value).success)).toBe(true);
      }
    }
  );

  it('is told by its name and what it cannot do without', () => {
    expect(isEvent({ event: 'note', run: RUN, text: 'a' }, 'note')).toBe(true);
    expect(isEvent({ event: 'note', run: RUN, text: 'a' }, 'rename')).toBe(false);
    expect(isEvent({ event: 'note', run: RUN, text: null }, 'note')).toBe(false);
    expect(isEvent({ event: 'note', text: 'a' }, 'note')).toBe(false);
  });

  it.each(['constructor', '__proto__', 'toString', 'note '])('is not called %j', event => {
    expect(kindOf({ event, run: RUN, text: 'a' })).toBeUndefined();
  });
});

describe('an id', () => {
  it('has the form that sorts by time', () => {
    expect(isId(RUN)).toBe(true);
  });

  it.each(['', '../etc', `${RUN}/..`, `${RUN}\n`, RUN.toUpperCase(), 'runs'])('is not %j', text => {
    expect(isId(text)).toBe(false);
  });
});
