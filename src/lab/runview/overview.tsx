import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactNode, JSX } from 'react';
import { formatBytes, formatDuration, formatNumber, formatTime, formatValue } from '../format.js';
import type { IRun } from '../store/protocol.js';
import type { RunModel } from './model.js';
import { Origin } from './origin.js';

/** Params, metrics, tags, note, files, and who ran it where. */
export function Overview({
  model,
  run,
  trans
}: {
  model: RunModel;
  run: IRun;
  trans: TranslationBundle;
}): JSX.Element {
  const metrics = Object.entries(run.metrics);
  return (
    <>
      {run.note && <blockquote className="bt-Note">{run.note}</blockquote>}
      <Section title={trans.__('Params')} isEmpty={Object.keys(run.params).length === 0}>
        <Facts
          facts={Object.entries(run.params).map(([key, value]) => [
            key,
            <>
              {formatValue(value)} <Origin of={run.origins?.params[key]} trans={trans} />
            </>
          ])}
        />
      </Section>
      <Section title={trans.__('Metrics')} isEmpty={metrics.length === 0}>
        <table className="bt-Table">
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
            {metrics.map(([key, metric]) => (
              <tr key={key}>
                <th scope="row">
                  {key} <Origin of={run.origins?.metrics[key]} trans={trans} />
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
      </Section>
      <Section title={trans.__('Tags')} isEmpty={Object.keys(run.tags).length === 0}>
        <Facts facts={Object.entries(run.tags).map(([key, value]) => [key, formatValue(value)])} />
      </Section>
      <Section title={trans.__('Artifacts')} isEmpty={run.artifacts.length === 0}>
        <Facts
          facts={run.artifacts.map(file => [
            <a href={model.store.client.artifactUrl(run.id, file.path)} download key={file.path}>
              {file.name}
            </a>,
            file.size === null || file.size === undefined ? '' : formatBytes(file.size)
          ])}
        />
      </Section>
      <Section title={trans.__('Seeds')} isEmpty={run.seeds.length === 0}>
        <Facts facts={run.seeds.map(seed => [seed.library, formatValue(seed.value)])} />
      </Section>
      <Section title={trans.__('Used')} isEmpty={usageOf(run, trans).length === 0}>
        <Facts facts={usageOf(run, trans)} />
      </Section>
      <Section title={trans.__('Run')}>
        <Facts
          facts={[
            [trans.__('Id'), <code key="id">{run.id}</code>],
            [trans.__('Experiment'), run.experiment ?? '–'],
            [trans.__('Notebook'), run.notebook.path ?? '–'],
            [trans.__('Started'), run.started ? formatTime(run.started) : '–'],
            [trans.__('Ended'), run.ended ? formatTime(run.ended) : '–'],
            [trans.__('By'), [run.user, run.host].filter(Boolean).join(' @ ') || '–'],
            [trans.__('Opened by'), run.opened ?? '–']
          ]}
        />
      </Section>
    </>
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

/** Names and what they stand for, in two columns. */
export function Facts(props: { facts: readonly [ReactNode, ReactNode][] }): JSX.Element {
  return (
    <dl className="bt-Facts">
      {props.facts.map(([name, value], at) => (
        <div key={at}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
