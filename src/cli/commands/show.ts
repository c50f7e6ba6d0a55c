import type { RunSummary } from '../../runlog/index.js';
import { exit, type ICommand } from '../command.js';
import { commitOf } from '../describe.js';
import { oneRun } from '../onerun.js';
import { indented, type IScreen, statusStyle } from '../screen.js';
import { moment, printable, shown, size, span, table } from '../table.js';

/** `backtrail show` */
export const show: ICommand = {
  name: 'show',
  usage: 'RUN',
  does: 'Shows one run. RUN is an id, a unique beginning of one, a name, or `latest`.',
  options: [],
  completes: 'run',
  run: call => {
    const { id, notebook } = oneRun(call);
    const summary = notebook.summary(id);
    call.print(
      call.flag('json')
        ? `${JSON.stringify(summary, null, 1)}\n`
        : `${describe(summary, call.screen)}\n`
    );
    return exit.ok;
  }
};

function describe(run: RunSummary, screen: IScreen): string {
  // Values are not cut: here somebody wants to know them.
  const section = (title: string, rows: string[][]): string =>
    titled(title, table(rows, { style: statusStyle(screen, 1), head: false }), screen);
  const metrics = Object.entries(run.metrics).map(([key, { last, min, max, count, step }]) =>
    [key, last, min, max, count, step].map(shown)
  );
  const numbers = [['', 'LAST', 'MIN', 'MAX', 'POINTS', 'STEP'], ...metrics];
  const sections = [
    screen.bold(printable(run.name ?? run.id)),
    table(factsOf(run), { style: statusStyle(screen, 1), head: false }),
    section('params', pairs(run.params)),
    section('tags', pairs(run.tags)),
    metrics.length
      ? titled('metrics', table(numbers, { screen: indented(screen, 2) }), screen)
      : '',
    section('read', run.inputs.map(fileRow)),
    section('wrote', run.outputs.map(fileRow)),
    section(
      'artifacts',
      run.artifacts.map(({ name, sha256, size: bytes }) =>
        fileRow({ path: name, sha256, size: bytes })
      )
    ),
    section(
      'stages',
      run.stages.map(({ stage, at, by, reason }) => [
        `${moment(at)} UTC`,
        stage ?? 'left it',
        by ?? '',
        reason ?? ''
      ])
    ),
    section(
      'cells',
      run.cells.map(({ n, count, status, duration }) => [`[${count ?? n}]`, status, span(duration)])
    ),
    section(
      'warnings',
      run.warnings.map(sentence => [sentence])
    )
  ];
  return sections.filter(Boolean).join('\n\n');
}

function titled(title: string, text: string, screen: IScreen): string {
  return text && `${screen.bold(title)}\n${text.replace(/^/gm, '  ')}`;
}

function factsOf(run: RunSummary): string[][] {
  const { cpu_seconds: cpu, gpu_seconds: gpu, peak_memory: memory } = run.usage;
  const usage = [
    typeof cpu === 'number' && `processor ${span(cpu)}`,
    typeof gpu === 'number' && `GPU ${span(gpu)}`,
    typeof memory === 'number' && `at most ${size(memory)} of memory`
  ];
  const facts: Array<[string, string]> = [
    ['run', run.id],
    ['notebook', run.notebook.path ?? run.notebook.name ?? ''],
    ['experiment', run.experiment ?? ''],
    ['status', run.status],
    ['started', moment(run.started) && `${moment(run.started)} UTC`],
    ['duration', span(run.duration)],
    ['user', [run.user, run.host].filter(Boolean).join(' on ')],
    ['kernel', [run.kernel?.language, run.kernel?.version].filter(Boolean).join(' ')],
    ['usage', usage.filter(Boolean).join(', ')],
    ['commit', commitOf(run)],
    ['seeds', run.seeds.map(({ library, value }) => `${library} ${shown(value)}`).join(', ')],
    ['stage', run.stage ?? ''],
    ['verified', run.verified ? `${run.verified.verdict}, ${moment(run.verified.at)} UTC` : ''],
    ['note', run.note ?? '']
  ];
  return facts.filter(([, value]) => value !== '');
}

function fileRow(file: {
  path: string;
  sha256?: string | null | undefined;
  size?: number | null | undefined;
}): string[] {
  return [
    file.path,
    file.sha256 ? file.sha256.slice(0, 12) : 'not hashed',
    typeof file.size === 'number' ? size(file.size) : ''
  ];
}

function pairs(record: Readonly<Record<string, unknown>>): string[][] {
  return Object.entries(record).map(([key, value]) => [key, shown(value)]);
}
