import { describe, expect, it } from 'vitest';
import { NotebookSummary, summarize } from '../../src/runlog/index.js';
import { MetricsLine, RunSummary, SessionLogLine } from '../../src/runlog/schema.js';
import { readLines } from '../../src/runlog/lines.js';
import { vectors } from './vector.js';

/** Lines that no writer of this format may leave: they show what a reader does with them. */
const MALFORMED = new Map([
  ['future', 4],
  ['stages', 2]
]);

describe.each(vectors())('the log "$name"', ({ name, alive, runs, logs, metrics }) => {
  it('gives the summaries that the page says', () => {
    expect(Object.fromEntries(summarize(logs, metrics, () => alive))).toEqual(runs);
  });

  it('gives the same when the last log is read first and the points come byte by byte', () => {
    const notebook = new NotebookSummary();
    for (const [run, bytes] of metrics) {
      for (const byte of bytes) {
        notebook.feedPoints(run, Uint8Array.of(byte));
      }
    }
    for (const log of [...logs].reverse()) {
      notebook.feedLog(log);
    }
    expect(notebook.runs()).toEqual(Object.keys(runs).sort());
    const summaries = notebook.runs().map(run => [run, notebook.summary(run, () => alive)]);
    expect(Object.fromEntries(summaries)).toEqual(runs);
  });

  it('has lines and summaries of the form that the schema says', () => {
    const lines = logs.flatMap(log => log.events);
    const wrong = lines.filter(line => !SessionLogLine.safeParse(line).success);
    expect(wrong).toHaveLength(MALFORMED.get(name) ?? 0);
    for (const bytes of metrics.values()) {
      for (const line of readLines(bytes).events) {
        expect(MetricsLine.safeParse(line).error).toBeUndefined();
      }
    }
    for (const summary of Object.values(runs)) {
      expect(RunSummary.safeParse(summary).error).toBeUndefined();
    }
  });
});
