/** The runs panel over a long history: first paint, filter, sort, scrolling, memory, and what it costs hidden. */
import { busy, command, generate, percentile } from './lab.mjs';

const FILTERS = [
  'loss < 0.2',
  'params.lr > 0.005 and status = finished',
  'name ~ "9"',
  'tags.draft'
];
const SORTS = ['Run', 'Started', 'Duration'];

/** @param {import('@playwright/test').Page} page */
async function heap(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1e6;
}

/** Milliseconds until the frame that shows a row, and since its first data came. */
async function firstPaint(page) {
  return page.evaluate(async () => {
    const begun = performance.now();
    await window.jupyterapp.commands.execute('backtrail:show-panel');
    const scope = await new Promise(resolve => {
      const look = () => {
        const found = document.querySelector('#backtrail-runs .bt-Runs-bar select');
        if (found) {
          resolve(found);
        } else {
          requestAnimationFrame(look);
        }
      };
      look();
    });
    scope.value = 'all';
    scope.dispatchEvent(new Event('change', { bubbles: true }));
    await new Promise(resolve => {
      const look = () =>
        document.querySelector('#backtrail-runs .bt-Run') ? resolve() : requestAnimationFrame(look);
      look();
    });
    // The frame that has the rows is on the screen when the one after it begins.
    await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
    const painted = performance.now();
    const [first] = window.benchMessages.filter(({ id }) => id.startsWith('runs'));
    return { cold: painted - begun, afterData: painted - first.at };
  });
}

/** Milliseconds until all runs are listed, from the moment at which it is called. */
async function complete(page, runs) {
  const wanted = `${runs} runs`;
  const begun = performance.now();
  await page.waitForFunction(text => {
    const count = document.querySelector('.bt-Runs-count')?.textContent ?? '';
    return count.trim() === text;
  }, wanted);
  return performance.now() - begun;
}

/**
 * Milliseconds of work from a change until the rows are in the document, without the pause in which
 * the panel waits for the writer.
 */
async function filtering(page, text) {
  return page.evaluate(async value => {
    const box = document.querySelector('.bt-Filter-input');
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    set.call(box, value);
    box.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise(resolve => setTimeout(resolve));
    const count = document.querySelector('.bt-Runs-count');
    const before = count.textContent;
    const begun = performance.now();
    // Enter filters at once.
    box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    while (count.textContent === before && performance.now() - begun < 5000) {
      await new Promise(resolve => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = resolve;
        port2.postMessage(null);
      });
    }
    return performance.now() - begun;
  }, text);
}

async function sorting(page, title) {
  return page.evaluate(async name => {
    const find = () =>
      [...document.querySelectorAll('.bt-Grid-title')].find(
        head => head.textContent.trim() === name
      );
    const button = find().querySelector('button');
    const sort = find().getAttribute('aria-sort');
    const begun = performance.now();
    button.click();
    while (find().getAttribute('aria-sort') === sort && performance.now() - begun < 5000) {
      await new Promise(resolve => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = resolve;
        port2.postMessage(null);
      });
    }
    return performance.now() - begun;
  }, title);
}

/** The milliseconds between the frames while the table is scrolled by two rows a frame. */
async function scrolling(page) {
  return page.evaluate(async () => {
    const grid = document.querySelector('.bt-Grid');
    const frames = [];
    let last = performance.now();
    for (let at = 0; at < 240; at++) {
      grid.scrollTop += 60;
      await new Promise(resolve => requestAnimationFrame(resolve));
      const now = performance.now();
      frames.push(now - last);
      last = now;
    }
    return frames.slice(10);
  });
}

/** The milliseconds of an empty frame, with which those of scrolling are to be compared. */
async function idling(page) {
  return page.evaluate(async () => {
    const frames = [];
    let last = performance.now();
    for (let at = 0; at < 120; at++) {
      await new Promise(resolve => requestAnimationFrame(resolve));
      const now = performance.now();
      frames.push(now - last);
      last = now;
    }
    return frames.slice(10);
  });
}

/** Drags the edge of the panel until there is room for the columns. */
async function widen(page) {
  const { x, y, height } = await page.locator('#backtrail-runs').boundingBox();
  await page.mouse.move(x - 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x - 600, y + height / 2, { steps: 4 });
  await page.mouse.up();
}

/** Seconds of work of the main thread, and messages, while the panel is hidden for three seconds. */
async function hidden(page) {
  await command(page, 'application:toggle-right-area');
  await page.waitForTimeout(1000);
  const messages = () => page.evaluate(() => window.benchMessages.length);
  const sent = await messages();
  return { busy: await busy(page, 3), messages: (await messages()) - sent };
}

/**
 * @param {import('./lab.mjs').Bench} bench
 * @param {number} runs
 * @returns {Promise<import('./table.mjs').Figure[]>}
 */
export async function panel(bench, runs) {
  const history = generate(['--runs', String(runs)]);
  return measure(await bench.open(await bench.serve(history)), runs);
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {number} runs
 * @returns {Promise<import('./table.mjs').Figure[]>}
 */
async function measure(page, runs) {
  /** @param {number} limit of 10,000 runs */
  const upTo = limit => (runs === 10_000 ? { limit } : {});
  const before = await heap(page);
  const begun = performance.now();
  const { cold, afterData } = await firstPaint(page);
  await complete(page, runs);
  const all = performance.now() - begun;
  const grown = (await heap(page)) - before;
  const { bytes } = await page.evaluate(() => ({
    bytes: window.benchMessages.reduce((sum, { bytes }) => sum + bytes, 0)
  }));
  await widen(page);
  await page.locator('.bt-Grid[data-layout="wide"]').waitFor();
  const filters = [];
  for (const text of FILTERS) {
    filters.push(await filtering(page, text));
    filters.push(await filtering(page, ''));
  }
  // A filter that lets nothing through takes the table away; it comes back a frame later.
  await page.locator('.bt-Grid[data-layout="wide"] .bt-Grid-title').first().waitFor();
  const sorts = [];
  for (const title of SORTS) {
    sorts.push(await sorting(page, title), await sorting(page, title), await sorting(page, title));
  }
  const idle = await idling(page);
  const frames = await scrolling(page);
  const away = await hidden(page);
  await page.context().close();
  const name = runs.toLocaleString('en');
  return [
    { what: `${name} runs: command to first rows`, value: cold, unit: 'ms', ...upTo(1500) },
    { what: `${name} runs: data to first rows`, value: afterData, unit: 'ms', ...upTo(500) },
    { what: `${name} runs: all are listed`, value: all, unit: 'ms' },
    { what: `${name} runs: sent to the page, before it is packed`, value: bytes / 1e6, unit: 'MB' },
    { what: `${name} runs: JavaScript memory of the page`, value: grown, unit: 'MB', ...upTo(100) },
    { what: `${name} runs: filter, p50`, value: percentile(filters), unit: 'ms', ...upTo(30) },
    { what: `${name} runs: filter, longest`, value: Math.max(...filters), unit: 'ms' },
    { what: `${name} runs: sort, p50`, value: percentile(sorts), unit: 'ms', ...upTo(30) },
    { what: `${name} runs: sort, longest`, value: Math.max(...sorts), unit: 'ms' },
    {
      what: `${name} runs: a frame of scrolling, p50`,
      value: percentile(frames),
      unit: 'ms',
      ...upTo(17)
    },
    {
      what: `${name} runs: a frame of scrolling, p95`,
      value: percentile(frames, 0.95),
      unit: 'ms'
    },
    { what: `${name} runs: an empty frame, p95`, value: percentile(idle, 0.95), unit: 'ms' },
    { what: `${name} runs: hidden panel, main thread`, value: 100 * away.busy, unit: '%' },
    { what: `${name} runs: hidden panel, messages`, value: away.messages, unit: '', ...upTo(0) }
  ];
}
