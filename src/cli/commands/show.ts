import type { RunSummary } from '../../runlog/index.js';
import { exit, type ICommand } from '../command.js';
import { oneRun } from '../onerun.js';
import { moment, printable, shown, span, table } from '../table.js';

/** `backtrail show` */
export const show: ICommand = {
  name: 'show',
  usage: 'RUN',
  does: 'Shows one run. RUN is an id, a unique beginning of one, a name, or `latest`.',
  options: [],
  run: call => {
    const { id, notebook } = oneRun(call);
    const summary = notebook.summary(id);
    call.print(
      call.flag('json') ? `${JSON.stringify(summary, null, 1)}\n` : `${describe(summary)}\n`
    );
    return exit.ok;
  }
};

function describe(run: RunSummary): string {
  const facts: Array<[string, string]> = [
    ['run', run.id],
    ['notebook', run.notebook.path ?? run.notebook.name ?? ''],
    ['experiment', run.experiment ?? ''],
    ['status', run.status],
    ['started', moment(run.started) && `${moment(run.started)} UTC`],
    ['duration', span(run.duration)],
    ['user', [run.user, run.host].filter(Boolean).join(' on ')],
    ['kernel', [run.kernel?.language, run.kernel?.version].filter(Boolean).join(' ')],
    ['commit', commit(run)],
    ['note', run.note ?? '']
  ];
  const metrics = Object.entries(run.metrics).map(([key, { last, min, max, count, step }]) =>
    [key, last, min, max, count, step].map(shown)
  );
  const sections = [
    printable(run.name ?? run.id),
    table(facts.filter(([, value]) => value !== '')),
    section('params', pairs(run.params)),
    section('tags', pairs(run.tags)),
    section(
      'metrics',
      metrics.length ? [['', 'LAST', 'MIN', 'MAX', 'POINTS', 'STEP'], ...metrics] : []
    ),
    section(
      'artifacts',
      run.artifacts.map(({ name, size }) => [name, shown(size), 'bytes'])
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

function commit({ code }: RunSummary): string {
  if (!code) {
    return '';
  }
  return code.commit
    ? `${code.commit}${code.branch ? ` on ${code.branch}` : ''}${code.dirty ? ', with changes' : ''}`
    : (code.reason ?? '');
}

function section(title: string, rows: string[][]): string {
  return rows.length ? `${title}\n${table(rows).replace(/^/gm, '  ')}` : '';
}

function pairs(record: Readonly<Record<string, unknown>>): string[][] {
  return Object.entries(record).map(([key, value]) => [key, shown(value)]);
}
