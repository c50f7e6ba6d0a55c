/** A run of very many points, opened in a page and on a server that know nothing of it yet. */
import { generate } from './lab.mjs';

const SPIKE = 1000;

/** Opens the run, and tells when its line was drawn at first, and when all of it was, in milliseconds. */
async function open({ run, count, spike }) {
  const begun = performance.now();
  void window.jupyterapp.commands.execute('backtrail:open-run', { run });
  const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
  const plot = () => document.querySelector('.bt-RunView [data-metric="loss"] .js-plotly-plot');
  const line = () => (plot()?.querySelector('.trace path') ? plot().data[0] : undefined);
  // The frame that has the line is on the screen when the one after it begins.
  const until = async isThere => {
    while (!isThere(line())) {
      await frame();
    }
    await frame();
    return performance.now() - begun;
  };
  const first = await until(drawn => drawn?.x.length > 1);
  const whole = await until(drawn => drawn?.x.at(-1) === count - 1);
  const { y } = line();
  const [, top] = plot()._fullLayout.yaxis.range;
  return { first, whole, isSpikeSeen: y.includes(spike) && top >= spike };
}

/**
 * @param {import('./lab.mjs').Bench} bench
 * @param {boolean} quick
 * @returns {Promise<import('./table.mjs').Figure[]>}
 */
export async function long(bench, quick) {
  const figures = [];
  for (const { count, limit } of [
    { count: 1_000_000, limit: 1000 },
    ...(quick ? [] : [{ count: 10_000_000, limit: 5000 }])
  ]) {
    const history = generate(['--runs', '20', '--series', String(count)]);
    const page = await bench.open(await bench.serve(history));
    const { first, whole, isSpikeSeen } = await page.evaluate(open, {
      run: history.told.series,
      count,
      spike: SPIKE
    });
    const bytes = await page.evaluate(() =>
      window.benchMessages
        .filter(({ id }) => id.startsWith('series'))
        .reduce((sum, message) => sum + message.bytes, 0)
    );
    await page.context().close();
    const name = `${count.toLocaleString('en')} points`;
    figures.push(
      { what: `${name}: command to first line`, value: first, unit: 'ms', limit },
      { what: `${name}: command to the whole line`, value: whole, unit: 'ms', limit },
      {
        what: `${name}: sent to the page`,
        value: bytes / 1000,
        unit: 'kB',
        ...(count === 1_000_000 && { limit: 100 })
      },
      {
        what: `${name}: spikes of one point that cannot be seen`,
        value: isSpikeSeen ? 0 : 1,
        unit: '',
        limit: 0
      }
    );
  }
  return figures;
}
