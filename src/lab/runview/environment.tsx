import type { TranslationBundle } from '@jupyterlab/translation';
import { useMemo, useState, type JSX } from 'react';
import type { IRun } from '../store/protocol.js';
import { useBlob } from './blob.js';
import type { RunModel } from './model.js';
import { Facts } from './overview.js';

/** The interpreter, the platform and the packages of the run. */
export function Environment(props: {
  model: RunModel;
  run: IRun;
  trans: TranslationBundle;
}): JSX.Element {
  const { model, run, trans } = props;
  const { environment } = run;
  const text = useBlob(model, environment?.packages);
  const packages = useMemo(() => readPackages(text), [text]);
  const [filter, setFilter] = useState('');
  if (!environment) {
    return (
      <div className="bt-Empty" role="status">
        <h3>{trans.__('The environment was not recorded')}</h3>
      </div>
    );
  }
  const shown = packages.filter(([name]) => name.toLowerCase().includes(filter.toLowerCase()));
  return (
    <>
      <section className="bt-Group">
        <Facts
          facts={[
            [environment.node ? 'Node' : 'Python', environment.node ?? environment.python ?? '–'],
            [trans.__('Interpreter'), environment.executable ?? '–'],
            [trans.__('Platform'), environment.platform ?? '–']
          ]}
        />
      </section>
      {text === undefined && (
        <p className="bt-Notice">{trans.__('The list of packages is missing on disk.')}</p>
      )}
      {packages.length > 0 && (
        <section className="bt-Group">
          <h3>{trans.__('Packages (%1)', packages.length)}</h3>
          <input
            type="search"
            className="jp-mod-styled bt-Filter"
            placeholder={trans.__('Filter packages')}
            aria-label={trans.__('Filter packages')}
            value={filter}
            onChange={event => setFilter(event.currentTarget.value)}
          />
          <Facts facts={shown} />
        </section>
      )}
    </>
  );
}

/** Names and versions by name; nothing where the text is not what it should be. */
function readPackages(text: string | null | undefined): [string, string][] {
  try {
    const found: unknown = JSON.parse(text ?? '{}');
    return Object.entries(found as Record<string, unknown>)
      .map(([name, version]): [string, string] => [name, String(version)])
      .sort(([a], [b]) => a.localeCompare(b));
  } catch {
    return [];
  }
}
