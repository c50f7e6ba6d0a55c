/** The table of figures beside their limits. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname } from 'node:path';
import { inRoot } from '../../scripts/setup/paths.mjs';

/**
 * @typedef {object} Figure
 * @property {string} what
 * @property {number} value
 * @property {number} [limit] not to be exceeded
 * @property {string} unit
 */

/** @param {number} value */
const shown = value => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(1));

/** @param {readonly Figure[]} figures */
function linesOf(figures) {
  return [
    '| | measured | limit | |',
    '|---|---|---|---|',
    ...figures.map(({ what, value, limit, unit }) => {
      const verdict = limit === undefined ? '' : value <= limit ? 'kept' : 'missed';
      const upTo = limit === undefined ? '' : `${limit} ${unit}`;
      return `| ${what} | ${shown(value)} ${unit} | ${upTo} | ${verdict} |`;
    })
  ];
}

/** @param {readonly Figure[]} figures */
export function printTable(figures) {
  console.log(linesOf(figures).join('\n'));
}

/**
 * Writes the table, and tells where.
 *
 * @param {readonly Figure[]} figures
 */
export function writeTable(figures) {
  const path = inRoot('.cache', 'bench', 'history.md');
  mkdirSync(dirname(path), { recursive: true });
  const load = loadavg().map(one => one.toFixed(1));
  const about = `${cpus().length} cores, load at the end ${load.join(', ')}`;
  writeFileSync(path, `${linesOf(figures).join('\n')}\n\n${about}\n`);
  return path;
}
