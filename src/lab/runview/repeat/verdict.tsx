import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';
import { formatTime } from '../../format.js';
import { Badge } from '../badge.js';
import type { IKeptVerdict, RepeatModel } from './model.js';

/** What the last comparison came to: the sentence, what differs, metric by metric. */
export function LastVerdict(props: {
  repeat: RepeatModel;
  trans: TranslationBundle;
}): JSX.Element | null {
  const { repeat, trans } = props;
  const verdict = repeat.verdicts.at(0);
  if (!verdict) {
    return null;
  }
  const { environment, replays } = verdict;
  const facts = [
    formatTime(verdict.time),
    replays ? trans._n('%1 replay', '%1 replays', replays) : '',
    environment === 'fresh' ? trans.__('fresh environment') : ''
  ];
  return (
    <section
      className="bt-Group bt-Verdict"
      data-verdict={verdict.verdict}
      data-outdated={repeat.isOutdated || undefined}
      aria-label={trans.__('Verdict')}
    >
      <div className="bt-Verdict-head" role="status">
        <Badge
          verified={{ ...verdict, at: verdict.time }}
          isOutdated={repeat.isOutdated}
          trans={trans}
        />
        <span className="bt-Verdict-facts">{facts.filter(Boolean).join(' · ')}</span>
      </div>
      {repeat.isOutdated && (
        <p>{trans.__('The run has gone on since it was compared: verify it again.')}</p>
      )}
      <p className="bt-Verdict-says">{verdict.says}</p>
      <Differences verdict={verdict} repeat={repeat} trans={trans} />
      <Metrics verdict={verdict} trans={trans} />
    </section>
  );
}

/** The verdicts before the last one. */
export function EarlierVerdicts(props: {
  repeat: RepeatModel;
  trans: TranslationBundle;
}): JSX.Element | null {
  const { repeat, trans } = props;
  const earlier = repeat.verdicts.slice(1);
  return earlier.length === 0 ? null : (
    <section className="bt-Group">
      <h3>{trans.__('Earlier verdicts')}</h3>
      <ul className="bt-Earlier">
        {earlier.map(verdict => (
          <li key={verdict.time}>
            <Badge verified={{ ...verdict, at: verdict.time }} trans={trans} />
            <time dateTime={verdict.time}>{formatTime(verdict.time)}</time>
            <span>{verdict.says}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Differences(props: {
  verdict: IKeptVerdict;
  repeat: RepeatModel;
  trans: TranslationBundle;
}): JSX.Element | null {
  const { verdict, repeat, trans } = props;
  const differs = verdict.differs ?? [];
  if (differs.length === 0) {
    return null;
  }
  const label = (n: number): string => repeat.cells?.find(cell => cell.n === n)?.label ?? String(n);
  return (
    <table className="bt-Table bt-Differences">
      <caption>{trans.__('What differs')}</caption>
      <thead>
        <tr>
          <th scope="col">{trans.__('Cell')}</th>
          <th scope="col">{trans.__('What')}</th>
          <th scope="col">{trans.__('In the notebook')}</th>
          <th scope="col">{trans.__('In the replay')}</th>
        </tr>
      </thead>
      <tbody>
        {differs.map(({ n, kind, name, recorded, replayed }, at) => (
          <tr key={at}>
            <th scope="row">[{label(n)}]</th>
            <td>
              {name ? <code>{name}</code> : ''} <small>{kindWord(kind, trans)}</small>
            </td>
            <td title={recorded}>{recorded}</td>
            <td title={replayed}>
              {replayed === recorded ? trans.__('another content') : replayed}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Metrics(props: { verdict: IKeptVerdict; trans: TranslationBundle }): JSX.Element | null {
  const { verdict, trans } = props;
  const metrics = verdict.metrics ?? [];
  return metrics.length === 0 ? null : (
    <table className="bt-Table bt-Differences">
      <caption>{trans.__('Metrics, point by point')}</caption>
      <tbody>
        {metrics.map(({ name, points, same }) => (
          <tr key={name} data-differs={!same || undefined}>
            <th scope="row">{name}</th>
            <td>{trans._n('%1 point', '%1 points', points)}</td>
            <td>{same ? trans.__('same') : trans.__('differs')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function kindWord(kind: string, trans: TranslationBundle): string {
  switch (kind) {
    case 'variable':
      return trans.__('variable');
    case 'metric':
      return trans.__('metric');
    case 'file':
      return trans.__('file');
    case 'output':
      return trans.__('output');
    case 'error':
      return trans.__('how it ended');
    case 'missing':
      return trans.__('did not run');
    default:
      return kind;
  }
}
