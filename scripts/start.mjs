/**
 * `npm start`: gets and builds what is missing and opens JupyterLab on the examples.
 * `npm start -- --no-browser --port N` for a machine without a screen.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { environment, inRoot } from './setup/paths.mjs';
import { startLab } from './setup/lab.mjs';
import { prepare } from './setup/prepare.mjs';
import { SetUpError, elapsed, runMain } from './setup/progress.mjs';
import { writeTslabKernels } from './setup/tslab-kernels.mjs';

const USAGE = 'Usage: npm start -- [--no-browser] [--port N] [--folder PATH]';

function readParameters() {
  try {
    const { values } = parseArgs({
      options: {
        'no-browser': { type: 'boolean' },
        port: { type: 'string' },
        folder: { type: 'string' },
        help: { type: 'boolean' }
      }
    });
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536)) {
      throw new Error(`--port takes a number from 1 to 65535, not ${values.port}.`);
    }
    return { ...values, port };
  } catch (error) {
    throw new SetUpError(`${error instanceof Error ? error.message : error}\n${USAGE}`);
  }
}

await runMain(async () => {
  const { port, folder = inRoot('examples'), help, 'no-browser': noBrowser } = readParameters();
  if (help) {
    console.log(USAGE);
    return 0;
  }
  if (!existsSync(folder)) {
    throw new SetUpError(`There is no folder ${folder}: name one that exists with --folder.`);
  }
  const began = Date.now();
  await prepare();
  writeTslabKernels(join(environment, 'share', 'jupyter'));
  /** @type {string[]} what the server writes until it answers, shown if it never does */
  const early = [];
  let listening = false;
  let stopping = false;
  const lab = startLab({
    folder,
    browser: !noBrowser,
    ...(port === undefined ? {} : { port }),
    parameters: ['--ServerApp.log_level=WARN'],
    log: line => {
      if (!listening) {
        early.push(line);
      } else if (!stopping) {
        console.error(line);
      }
    }
  });
  const stop = () => {
    stopping = true;
    lab.stop();
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, stop);
  }
  try {
    const address = await lab.address;
    // The lines that follow say the same address in other words.
    await setTimeout(500);
    listening = true;
    console.log(
      `\n✓ JupyterLab with Backtrail is ready (${elapsed(began)}). Ctrl-C ends it.\n\n    ${address}\n`
    );
  } catch (error) {
    if (!stopping) {
      console.error(early.slice(-40).join('\n'));
      throw new SetUpError(error instanceof Error ? error.message : String(error));
    }
  }
  const code = await lab.ended;
  return stopping ? 0 : code;
});
