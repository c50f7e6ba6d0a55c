import { ExportError } from '../../reproduce/index.js';
import { exit, Stop, usageError, type ICall, type ICommand } from '../command.js';
import { oneRun } from '../onerun.js';
import { keepVerdict } from '../verify/verdictlog.js';
import { verifyRun } from '../verify/verify.js';

/** `backtrail verify` */
export const verify: ICommand = {
  name: 'verify',
  usage: 'RUN [--times N] [--stress] [--tolerance X]',
  does: 'Replays a run in a fresh process, and tells whether it comes to the same.',
  options: [
    { name: 'times', value: 'N', does: 'replay it N times (1; 2 where something differs)' },
    { name: 'stress', does: 'also with hash seed, threads, time zone or language varied' },
    {
      name: 'tolerance',
      value: 'X',
      does: 'metrics may be off by this much, relative to their size (0)'
    },
    {
      name: 'environment',
      value: 'WHICH',
      completes: ['present', 'fresh'],
      does: 'present: as it is now; fresh: built from the record'
    },
    {
      name: 'python',
      value: 'PATH',
      completes: 'file',
      does: 'the interpreter, instead of the recorded one'
    },
    {
      name: 'node',
      value: 'PATH',
      completes: 'file',
      does: 'the same for notebooks of TypeScript and JavaScript'
    },
    { name: 'timeout', value: 'SECONDS', does: 'give a replay up after so long' },
    { name: 'whole', does: 'every cell, not only those that the results depend on' }
  ],
  completes: 'run',
  run: async call => {
    const environment = call.option('environment') ?? 'present';
    if (environment !== 'present' && environment !== 'fresh') {
      throw usageError('--environment is `present` or `fresh`.');
    }
    const times = whole(call, 'times') ?? 1;
    const tolerance = number(call, 'tolerance') ?? 0;
    const timeout = number(call, 'timeout');
    const { id, notebook } = oneRun(call);
    const stop = new AbortController();
    const cancel = (): void =>
      stop.abort(new Stop('Cancelled: nothing was kept.', exit.interrupted));
    process.once('SIGINT', cancel);
    process.once('SIGTERM', cancel);
    try {
      const { verdict, problems, slice } = await verifyRun({
        run: id,
        notebook,
        times,
        stress: call.flag('stress'),
        tolerance,
        fresh: environment === 'fresh',
        whole: call.flag('whole'),
        interpreter: call.option('node') ?? call.option('python'),
        timeout,
        environment: call.environment,
        say: progress(call),
        signal: stop.signal
      });
      keepVerdict(notebook.place.folder, id, verdict, environment);
      if (call.flag('json')) {
        call.print(`${JSON.stringify({ run: id, ...verdict, problems, slice }, null, 1)}\n`);
      } else {
        call.print(`${verdict.verdict}: ${verdict.says}\n`);
        problems.forEach(call.say);
      }
      return codes[verdict.verdict];
    } catch (error) {
      throw error instanceof ExportError ? new Stop(error.message, exit.failed) : error;
    } finally {
      process.off('SIGINT', cancel);
      process.off('SIGTERM', cancel);
    }
  }
};

const codes = {
  identical: exit.ok,
  'within tolerance': exit.ok,
  differs: exit.damage,
  nondeterministic: exit.damage,
  'could not run': exit.failed
};

/** Says where it stands on a terminal, each line in the place of the one before. */
function progress({ say }: ICall): (sentence: string) => void {
  let last = '';
  return sentence => {
    if (process.stderr.isTTY && sentence !== last) {
      last = sentence;
      say(sentence);
    }
  };
}

function number(call: ICall, name: string): number | undefined {
  const text = call.option(name);
  const value = Number(text);
  if (text !== undefined && !(text.trim() !== '' && value >= 0 && Number.isFinite(value))) {
    throw usageError(`--${name} takes a number that is not below 0, not ${JSON.stringify(text)}.`);
  }
  return text === undefined ? undefined : value;
}

function whole(call: ICall, name: string): number | undefined {
  const value = number(call, name);
  if (value !== undefined && (!Number.isInteger(value) || value < 1)) {
    throw usageError(`--${name} takes a whole number from 1 on.`);
  }
  return value;
}
