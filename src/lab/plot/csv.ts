import type { IPoints } from '../store/series.js';

/** Points of a metric as a table for spreadsheets: step, time in seconds since 1970, value. */
export function csvOf(metric: string, points: IPoints): string {
  const quoted = `"${metric.replaceAll('"', '""')}"`;
  // A spreadsheet takes a text that begins so for a formula.
  const title = /^[=+\-@\t\r]/.test(metric) ? `"'${quoted.slice(1)}` : quoted;
  const lines = points.value.map((value, at) => `${points.step[at]},${points.time[at]},${value}`);
  return [`step,time,${title}`, ...lines, ''].join('\r\n');
}
