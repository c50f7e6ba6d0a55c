/** Finds a Chrome or Chromium for the browser tests, or gets one. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { nodeProgram, windows } from './paths.mjs';
import { SetUpError, runStep } from './progress.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

const { LOCALAPPDATA, PROGRAMFILES } = process.env;

/** Where the systems put the browser when it is not on PATH. */
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/opt/google/chrome/chrome',
  ...[PROGRAMFILES, process.env['PROGRAMFILES(X86)'], LOCALAPPDATA]
    .filter(folder => folder !== undefined)
    .map(folder => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'))
];

/**
 * @param {string} path
 * @returns {boolean}
 */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * @returns {string | undefined} CHROME_PATH, else a browser on PATH, else one where systems put it
 * @throws SetUpError when CHROME_PATH names nothing that runs
 */
export function findBrowser() {
  const named = process.env['CHROME_PATH'];
  if (named) {
    if (!isProgram(named)) {
      throw new SetUpError(`CHROME_PATH is ${named}, which is not a program: correct or unset it.`);
    }
    return named;
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const onPath = windows ? [] : folders.flatMap(folder => NAMES.map(name => join(folder, name)));
  return [...onPath, ...PLACES].find(isProgram);
}

/**
 * The test runner's own browser, where it is installed and has the system libraries it needs.
 *
 * @returns {Promise<string | undefined>}
 */
async function findOwnBrowser() {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return existsSync(path) && starts(path) ? path : undefined;
}

/**
 * @param {string} path
 * @returns {boolean}
 */
function starts(path) {
  const parameters = ['--headless', '--no-sandbox', '--disable-gpu', '--dump-dom', 'about:blank'];
  return spawnSync(path, parameters, { timeout: 60_000, stdio: 'ignore' }).status === 0;
}

/**
 * An installed browser, else the test runner's own, else the system's package.
 *
 * @returns {Promise<string>} the browser's path
 * @throws SetUpError
 */
export async function ensureBrowser() {
  const installed = findBrowser() ?? (await findOwnBrowser());
  if (installed) {
    return installed;
  }
  const playwright = nodeProgram('@playwright/test/cli.js');
  const failures = [];
  try {
    await runStep('Getting Chromium', process.execPath, [playwright, 'install', 'chromium']);
    const own = await findOwnBrowser();
    if (own) {
      return own;
    }
  } catch (error) {
    failures.push(error instanceof Error ? error.message : String(error));
  }
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    try {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      await runStep('Updating the package list', 'apt-get', ['update', '-q'], { env });
      const install = ['install', '-y', '-q', '--no-install-recommends', 'chromium'];
      await runStep('Installing Chromium', 'apt-get', install, { env });
      const packaged = findBrowser();
      if (packaged) {
        return packaged;
      }
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new SetUpError(
    [
      ...failures,
      'No Chrome or Chromium was found and none could be installed: install one, or name it in CHROME_PATH.'
    ].join('\n\n')
  );
}
