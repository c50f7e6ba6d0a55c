/** The table of figures beside their limits. */

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
export function printTable(figures) {
  console.log('| | measured | limit | |');
  console.log('|---|---|---|---|');
  for (const { what, value, limit, unit } of figures) {
    const verdict = limit === undefined ? '' : value <= limit ? 'kept' : 'missed';
    console.log(
      `| ${what} | ${shown(value)} ${unit} | ${limit === undefined ? '' : `${limit} ${unit}`} | ${verdict} |`
    );
  }
}
