import { PageConfig } from '@jupyterlab/coreutils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { ReactNode, JSX } from 'react';
import { contentsPath } from '../actions/place.js';
import { formatBytes, formatDuration, formatNumber, formatTime, formatValue } from '../format.js';
import { useSearch, useSome } from '../more.js';
import { Breakable } from '../shortened.js';
import type { IRun } from '../store/protocol.js';
import { Facts } from './facts.js';
import { kernelName } from './kernelname.js';
import type { RunModel } from './model.js';
import { Origin } from './origin.js';
import { RandomNumbers } from './randomnumbers.js';
import { SinceBefore } from './sincebefore.js';

/** What changed since the run before, params, metrics, tags, note, files, and who ran it where. */
export function Overview({
  model,
  run,
  commands,
  trans
}: {
  model: RunModel;
  run: IRun;
  commands: CommandRegistry;
  trans: TranslationBundle;
}): JSX.Element {
  return (
    <>
      {run.note && <blockquote className="bt-Note">{run.note}</blockquote>}
      <SinceBefore store={model.store} run={run} commands={commands} trans={trans} />
      <Params run={run} trans={trans} />
      <Metrics run={run} trans={trans} />
      <Section title={trans.__('Tags')} isEmpty={Object.keys(run.tags).length === 0}>
        <Facts
          facts={Object.entries(run.tags).map(([key, value]) => [key, formatValue(value)])}
          trans={trans}
        />
      </Section>
      <Section title={trans.__('Artifacts')} isEmpty={run.artifacts.length === 0}>
        <Facts
          facts={run.artifacts.map(file => [
            <a href={model.store.client.artifactUrl(run.id, file.path)} download key={file.path}>
              {file.name}
            </a>,
            file.size === null || file.size === undefined ? '' : formatBytes(file.size)
          ])}
          trans={trans}
        />
      </Section>
      <Section title={trans.__('Random numbers')}>
        <RandomNumbers run={run} trans={trans} />
      </Section>
      <Section title={trans.__('Used')} isEmpty={usageOf(run, trans).length === 0}>
        <Facts facts={usageOf(run, trans)} trans={trans} />
      </Section>
      <Section title={trans.__('Run')}>
        <Facts
          facts={[
            [trans.__('Id'), <code key="id">{run.id}</code>],
            [trans.__('Experiment'), run.experiment ?? '–'],
            [
              trans.__('Notebook'),
              <NotebookPath key="notebook" path={run.notebook.path} commands={commands} />
            ],
            [trans.__('Started'), run.started ? formatTime(run.started) : '–'],
            ...endOf(run, trans),
            [trans.__('Kernel'), kernelName(run)],
            [trans.__('By'), [run.user, run.host].filter(Boolean).join(' @ ') || '–'],
            [trans.__('Opened by'), run.opened ?? '–']
          ]}
          trans={trans}
        />
      </Section>
    </>
  );
}

/** Where the notebook was, which opens it where JupyterLab can. */
function NotebookPath(props: { path: string | null; commands: CommandRegistry }): JSX.Element {
  const { path, commands } = props;
  const known = contentsPath(path, PageConfig.getOption('backtrailRoot'));
  return known === null ? (
    <Breakable text={path ?? '–'} />
  ) : (
    <a
      href="#"
      title={path ?? known}
      onClick={event => {
        event.preventDefault();
        void commands.execute('docmanager:open', { path: known, factory: 'Notebook' });
      }}
    >
      <Breakable text={known} />
    </a>
  );
}

function Params({ run, trans }: { run: IRun; trans: TranslationBundle }): JSX.Element {
  const all = Object.entries(run.params);
  const { found, field } = useSearch(all, ([key]) => key, trans.__('Filter %1 params', all.length));
  return (
    <Section title={trans.__('Params')} isEmpty={all.length === 0}>
      {field}
      <Facts
        facts={found.map(([key, value]) => [
          key,
          <>
            {formatValue(value)} <Origin of={run.origins?.params[key]} trans={trans} />
          </>
        ])}
        trans={trans}
      />
    </Section>
  );
}

function Metrics({ run, trans }: { run: IRun; trans: TranslationBundle }): JSX.Element {
  const all = Object.entries(run.metrics);
  const label = trans.__('Filter %1 metrics', all.length);
  const { found, field } = useSearch(all, ([key]) => key, label);
  const { some, more } = useSome(found, trans);
  return (
    <Section title={trans.__('Metrics')} isEmpty={all.length === 0}>
      {field}
      <table className="bt-Table bt-Metrics">
        <thead>
          <tr>
            <th scope="col">{trans.__('Metric')}</th>
            <th scope="col">{trans.__('Last')}</th>
            <th scope="col">{trans.__('Min')}</th>
            <th scope="col">{trans.__('Max')}</th>
            <th scope="col">{trans.__('Step')}</th>
            <th scope="col">{trans.__('Points')}</th>
          </tr>
        </thead>
        <tbody>
          {some.map(([key, metric]) => (
            <tr key={key}>
              <th
                scope="row"
                title={trans.__(
                  '%1: step %2, %3 points',
                  key,
                  formatNumber(metric.step, 9),
                  metric.count
                )}
              >
                <Breakable text={key} /> <Origin of={run.origins?.metrics[key]} trans={trans} />
              </th>
              <td>{formatNumber(metric.last, 6)}</td>
              <td>{formatNumber(metric.min, 6)}</td>
              <td>{formatNumber(metric.max, 6)}</td>
              <td>{formatNumber(metric.step, 9)}</td>
              <td>{metric.count}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more}
    </Section>
  );
}

/** What the run used, as far as it is known. */
function usageOf({ usage }: IRun, trans: TranslationBundle): [string, string][] {
  const facts: [string, number | null | undefined, (value: number) => string][] = [
    [trans.__('Processor time'), usage.cpu_seconds, formatDuration],
    [trans.__('GPU time'), usage.gpu_seconds, formatDuration],
    [trans.__('Peak memory'), usage.peak_memory, formatBytes]
  ];
  return facts.flatMap(([name, value, format]): [string, string][] =>
    typeof value === 'number' ? [[name, format(value)]] : []
  );
}

function Section(props: {
  title: string;
  isEmpty?: boolean;
  children: ReactNode;
}): JSX.Element | null {
  return props.isEmpty ? null : (
    <section className="bt-Group">
      <h3>{props.title}</h3>
      {props.children}
    </section>
  );
}

/** When it ended; nothing while it is open. */
function endOf({ ended }: IRun, trans: TranslationBundle): [string, string][] {
  return ended ? [[trans.__('Ended'), formatTime(ended)]] : [];
}
