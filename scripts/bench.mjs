/**
 * `npm run bench`: what Backtrail costs, beside W&B, trackio, tensorboardX and MLflow in one run on this machine.
 * The peers get an environment of their own, bench/.env. `npm run bench -- --only log,survive,kernel,cells,tslab,slice,replay,ask,history,page`; `--quick`
 * takes fewer rounds.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fingerprint, readStamp, stamped } from './setup/fingerprint.mjs';
import { environmentVariables, inRoot, python, root, windows } from './setup/paths.mjs';
import { prepare } from './setup/prepare.mjs';
import { runMain, runShown, runStep } from './setup/progress.mjs';

const REQUIREMENTS = 'bench/requirements.txt';
const peers = inRoot('bench', '.env');
const peersPython = join(peers, windows ? 'Scripts/python.exe' : 'bin/python');
const stamp = join(peers, 'requirements.sha256');

async function ensurePeers() {
  const wanted = fingerprint([REQUIREMENTS]);
  if (existsSync(peersPython) && readStamp(stamp) === wanted) {
    return;
  }
  await runStep('Making an environment for the peers', python, ['-m', 'venv', '--clear', peers]);
  await stamped(stamp, wanted, () =>
    runStep('Installing the peers', peersPython, [
      '-m',
      'pip',
      'install',
      '-r',
      inRoot(REQUIREMENTS)
    ])
  );
}

/** @type {Record<string, { title: string, peers: boolean, command: (quick: boolean) => string[] }>} */
const PARTS = {
  log: {
    title: 'One log_metric call',
    peers: true,
    command: quick => [peersPython, 'bench/log_metric.py', '--rounds', quick ? '2' : '5']
  },
  survive: {
    title: 'What SIGKILL leaves',
    peers: true,
    command: quick => [
      peersPython,
      'bench/survive.py',
      ...(quick ? ['--rounds', '20', '--peer-rounds', '2'] : [])
    ]
  },
  kernel: {
    title: 'In the kernel',
    peers: false,
    command: quick => [python, 'bench/kernel.py', ...(quick ? ['--kernels', '2'] : [])]
  },
  cells: {
    title: 'In each cell',
    peers: false,
    command: quick => [
      python,
      'bench/cells.py',
      ...(quick ? ['--rounds', '8', '--imports', '2'] : [])
    ]
  },
  tslab: {
    title: 'In notebooks of TypeScript',
    peers: false,
    command: quick => [process.execPath, 'bench/tslab.mjs', ...(quick ? ['--quick'] : [])]
  },
  slice: {
    title: 'Slicing and exporting 5,000 executions',
    peers: false,
    command: () => [process.execPath, 'bench/slice.mjs']
  },
  replay: {
    title: 'Replays of a corpus, beside nbconvert',
    peers: false,
    command: quick => [python, 'bench/replay.py', ...(quick ? ['--only', 'ed_'] : [])]
  },
  ask: {
    title: 'Questions to 10,000 runs',
    peers: false,
    command: () => [process.execPath, 'bench/ask.mjs']
  },
  history: {
    title: "The panel over 10,000 and 100,000 runs, long series, live charts, JupyterLab's start",
    peers: false,
    command: quick => [process.execPath, 'bench/history.mjs', ...(quick ? ['--quick'] : [])]
  },
  page: { title: 'To the page', peers: false, command: () => [process.execPath, 'bench/page.mjs'] }
};

await runMain(async () => {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, quick: { type: 'boolean' } }
  });
  const names = values.only?.split(',') ?? Object.keys(PARTS);
  await prepare();
  let failed = 0;
  for (const name of names) {
    const part = PARTS[name];
    if (!part) {
      throw new Error(
        `There is no benchmark named ${name}: choose from ${Object.keys(PARTS).join(', ')}.`
      );
    }
    if (part.peers) {
      await ensurePeers();
    }
    console.log(`\n── ${part.title}`);
    const [program = '', ...parameters] = part.command(values.quick ?? false);
    const env = environmentVariables({ PYTHONPATH: root });
    const code = await runShown(program, parameters, { env });
    failed ||= code;
  }
  return failed;
});
