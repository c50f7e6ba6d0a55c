/** Runs programs and says what is going on: a line that counts the time while a step lasts. */
import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/** A failure that is told in its message alone, without a stack. */
export class SetUpError extends Error {}

/** Lines of a failed program that are shown. */
const SHOWN_LINES = 60;

/** Characters of a program's last line that are shown beside the title while it runs. */
const NOTE_LENGTH = 80;

/** How often a step that goes on says so where the line cannot be rewritten, in seconds. */
const REMINDER = 15;

/**
 * @param {number} since milliseconds
 * @returns {string} the time since then, as `4 s` or `2 min 5 s`
 */
export function elapsed(since) {
  const seconds = Math.round((Date.now() - since) / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * Shows a title and the time that passes until the work is done.
 *
 * @template T
 * @param {string} title
 * @param {(note: (text: string) => void) => Promise<T>} work `note` shows a few words beside the title
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const began = Date.now();
  const { isTTY, columns = 80 } = process.stderr;
  let note = '';
  let reminded = 0;
  const show = () => {
    const seconds = Math.floor((Date.now() - began) / 1000);
    if (isTTY) {
      const line = `… ${title} (${elapsed(began)}) ${note}`.slice(0, columns - 1);
      process.stderr.write(`\r\u001b[2K${line}`);
    } else if (seconds >= reminded + REMINDER) {
      reminded = seconds;
      process.stderr.write(`  … ${elapsed(began)} ${note}\n`);
    }
  };
  if (!isTTY) {
    process.stderr.write(`… ${title}\n`);
  }
  const timer = setInterval(show, isTTY ? 200 : 1000);
  const finish = (/** @type {string} */ mark) => {
    clearInterval(timer);
    process.stderr.write(`${isTTY ? '\r\u001b[2K' : ''}${mark} ${title} (${elapsed(began)})\n`);
  };
  try {
    const result = await work(text => {
      note = text;
    });
    finish('✓');
    return result;
  } catch (error) {
    finish('✗');
    throw error;
  }
}

/**
 * Runs a program quietly as a step; what it wrote is shown only when it fails.
 *
 * @param {string} title
 * @param {string} program
 * @param {string[]} parameters
 * @param {{ env?: NodeJS.ProcessEnv, shell?: boolean }} [options]
 * @returns {Promise<void>}
 * @throws SetUpError with the program's last lines
 */
export async function runStep(title, program, parameters, options = {}) {
  await step(title, note => runQuietly(program, parameters, { ...options, note }));
}

/**
 * @param {string} program
 * @param {string[]} parameters
 * @param {{ env?: NodeJS.ProcessEnv, shell?: boolean, note?: (text: string) => void }} [options]
 * @returns {Promise<void>}
 */
function runQuietly(program, parameters, { env = process.env, shell = false, note } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      cwd: root,
      env,
      shell,
      stdio: ['ignore', 'pipe', 'pipe']
    });
    let output = '';
    const collect = (/** @type {Buffer} */ data) => {
      output = (output + data.toString()).slice(-100_000);
      const line = data.toString().trim().split('\n').at(-1);
      if (line) {
        note?.(line.trim().slice(0, NOTE_LENGTH));
      }
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', error => {
      reject(new SetUpError(`${program} could not be started: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      if (code === 0) {
        resolve();
        return;
      }
      const last = output.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n');
      const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
      reject(new SetUpError(`${last}\n\n${[program, ...parameters].join(' ')} ${how}.`));
    });
  });
}

/**
 * Runs a program with its output shown as it comes.
 *
 * @param {string} program
 * @param {string[]} parameters
 * @param {{ env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code; 1 when a signal ended it
 */
export function runShown(program, parameters, { env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { cwd: root, env, stdio: 'inherit' });
    child.on('error', error => {
      reject(new SetUpError(`${program} could not be started: ${error.message}`));
    });
    child.on('close', code => resolve(code ?? 1));
  });
}

/**
 * Runs programs side by side. The output of the first is shown as it comes, that of each other one when it
 * has ended.
 *
 * @param {string[][]} commands
 * @param {{ env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number[]>} their exit codes
 */
export async function runBeside([first = [], ...others], { env = process.env } = {}) {
  const [program = '', ...parameters] = first;
  return Promise.all([
    runShown(program, parameters, { env }),
    ...others.map(command => runCollected(command, env))
  ]);
}

/**
 * @param {string[]} command
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>}
 */
function runCollected([program = '', ...parameters], env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    /** @type {Buffer[]} */
    const output = [];
    child.stdout.on('data', data => output.push(data));
    child.stderr.on('data', data => output.push(data));
    child.on('error', error => {
      reject(new SetUpError(`${program} could not be started: ${error.message}`));
    });
    child.on('close', code => {
      process.stdout.write(Buffer.concat([Buffer.from('\n'), ...output]));
      resolve(code ?? 1);
    });
  });
}

/**
 * Runs a script's main function; a failure is one message and exit code 1.
 *
 * @param {() => Promise<number | void>} main gives the exit code, 0 when it gives none
 * @returns {Promise<void>}
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    const told = error instanceof SetUpError;
    console.error(told ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
