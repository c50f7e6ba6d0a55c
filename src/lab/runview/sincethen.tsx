import { Time } from '@jupyterlab/coreutils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { useEffect, useState, type JSX } from 'react';
import type { IRow } from '../../runlog/compare.js';
import { entryText, rowTitle } from '../compare/values.js';
import { useSome } from '../more.js';
import type { IRun } from '../store/protocol.js';
import { runTitle } from '../store/title.js';
import { environmentDiff, type IEnvironmentDiff } from './environmentdiff.js';
import type { RunModel } from './model.js';
import type { INewest } from './newest.js';

/** What the run is compared with, and in what it differs from that. */
interface IFound {
  readonly now: IRun;
  readonly isOpen: boolean;
  /** Null where both are of one session: nothing can be told apart. */
  readonly diff: IEnvironmentDiff | null;
}

/** The environment of the run against the one that its notebook has now. */
export function SinceThen(props: {
  model: RunModel;
  run: IRun;
  /** The run that tells what the notebook runs in now. */
  newest: (run: IRun) => Promise<INewest | null>;
  trans: TranslationBundle;
}): JSX.Element | null {
  const { model, run, newest, trans } = props;
  const [found, setFound] = useState<IFound | null | undefined>(undefined);
  const [error, setError] = useState('');
  useEffect(() => {
    let isCurrent = true;
    compare(model, run, newest).then(
      one => {
        if (isCurrent) {
          setFound(one);
          setError('');
        }
      },
      (reason: unknown) =>
        isCurrent && setError(reason instanceof Error ? reason.message : String(reason))
    );
    return () => {
      isCurrent = false;
    };
  }, [model, run.id, newest]);
  return (
    <section className="bt-Group bt-SinceThen">
      <h3>{trans.__('Against now')}</h3>
      {error ? (
        <p className="bt-Notice" role="alert">
          {error}
        </p>
      ) : found === undefined ? (
        <p className="bt-Wait">{trans.__('Loading…')}</p>
      ) : (
        <Answer found={found} trans={trans} />
      )}
    </section>
  );
}

async function compare(
  model: RunModel,
  run: IRun,
  newest: (run: IRun) => Promise<INewest | null>
): Promise<IFound | null> {
  const latest = await newest(run);
  if (!latest) {
    return null;
  }
  const { client } = model.store;
  const now = latest.id === run.id ? run : await client.run(latest.id);
  if (now.session === run.session) {
    return { now, isOpen: latest.isOpen, diff: null };
  }
  const packages = async (of: IRun): Promise<string | undefined> => {
    const hash = of.environment?.packages;
    return hash ? client.blob(hash, of.id) : undefined;
  };
  const [then, since] = await Promise.all([packages(run), packages(now)]);
  return { now, isOpen: latest.isOpen, diff: environmentDiff([run, then], [now, since]) };
}

function Answer({ found, trans }: { found: IFound | null; trans: TranslationBundle }): JSX.Element {
  if (!found) {
    return (
      <p className="bt-Wait">
        {trans.__('The run’s notebook is not on this server: there is nothing to compare with.')}
      </p>
    );
  }
  const { now, isOpen, diff } = found;
  if (!diff) {
    return (
      <p className="bt-Wait">
        {isOpen
          ? trans.__('This run is of the kernel that is open now: it has this environment.')
          : trans.__('Since this run no other kernel of the notebook was recorded.')}
      </p>
    );
  }
  const when = now.started ? Time.formatHuman(new Date(now.started)) : '';
  const against = isOpen
    ? trans.__('Compared with the kernel that is open now (run %1, %2).', runTitle(now), when)
    : trans.__(
        'Compared with the newest run of the notebook (%1, %2): its kernel is not open here.',
        runTitle(now),
        when
      );
  if (!now.environment) {
    return (
      <p className="bt-Wait">{trans.__('%1 Its environment is not recorded yet.', against)}</p>
    );
  }
  const rows = [...diff.facts, ...(diff.packages ?? [])];
  return (
    <>
      <p className="bt-SinceThen-says">
        {against} {rows.length === 0 && trans.__('Nothing that was recorded differs.')}
      </p>
      {rows.length > 0 && <Differences diff={diff} trans={trans} />}
      <p className="bt-SinceThen-same">
        {diff.packages === null
          ? trans.__('Packages are not compared: one of the two lists is missing on disk.')
          : trans.__(
              '%1 packages and %2 other facts are the same.',
              diff.samePackages,
              diff.sameFacts
            )}
      </p>
    </>
  );
}

function Differences({
  diff,
  trans
}: {
  diff: IEnvironmentDiff;
  trans: TranslationBundle;
}): JSX.Element {
  const { some, more } = useSome([...diff.facts, ...(diff.packages ?? [])], trans);
  return (
    <>
      <table className="bt-CompareTable">
        <caption className="bt-visually-hidden">
          {trans.__('What differs in the environment')}
        </caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{trans.__('This run')}</th>
            <th scope="col">{trans.__('Now')}</th>
          </tr>
        </thead>
        <tbody>
          {some.map((row: IRow) => (
            <tr key={row.key}>
              <th scope="row" title={row.key}>
                {rowTitle(row.key, 'environment', trans)}
              </th>
              {row.entries.map((entry, at) => (
                <td key={at} data-kind={entry.kind} data-differs={at === 1 || undefined}>
                  {entryText(entry, 'environment', trans)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {more}
    </>
  );
}
