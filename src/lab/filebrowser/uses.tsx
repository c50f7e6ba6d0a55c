import { ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';
import { formatBytes, formatNumber, formatTime, formatValue } from '../format.js';
import { mainMetrics } from '../history/rows.js';
import type { IFileUse, IFileUses } from '../store/protocol.js';
import { runTitle } from '../store/title.js';
import '../../../style/views.css';

/** How many runs, and how many facts of each, are listed. */
const RUNS = 20;
const FACTS = 4;

/** What the list is made of. */
export interface IFileUsesOptions {
  readonly uses: IFileUses;
  readonly trans: TranslationBundle;
  readonly open: (run: string) => void;
  readonly lineage: (run: string) => void;
}

/** The runs that made a file and those that read it. */
export class FileUses extends ReactWidget {
  constructor(options: IFileUsesOptions) {
    super();
    this.addClass('bt-FileUses');
    this._options = options;
  }

  protected override render(): JSX.Element {
    const { uses, trans } = this._options;
    const { wrote, read, size, sha256 } = uses;
    return (
      <>
        <p className="bt-FileUses-hash">
          {size === null ? '' : `${formatBytes(size)} · `}
          {trans.__('SHA-256')} <code title={sha256}>{sha256.slice(0, 12)}</code>
        </p>
        {wrote.length === 0 && (
          <p role="status">
            {trans.__(
              'No recorded run wrote exactly these bytes. The file was made outside of recorded notebooks, or was changed since.'
            )}
          </p>
        )}
        <List title={trans.__('Written by')} found={wrote} {...this._options} />
        <List title={trans.__('Read by')} found={read} {...this._options} />
        {uses.problems.map(problem => (
          <p key={problem} className="bt-FileUses-problem">
            {problem}
          </p>
        ))}
      </>
    );
  }

  private _options: IFileUsesOptions;
}

function List(
  props: { title: string; found: readonly IFileUse[] } & IFileUsesOptions
): JSX.Element | null {
  const { title, found, trans } = props;
  return found.length === 0 ? null : (
    <section>
      <h3>{title}</h3>
      <ul>
        {found.slice(0, RUNS).map(use => (
          <li key={use.run.id}>
            <Use use={use} {...props} />
          </li>
        ))}
      </ul>
      {found.length > RUNS && <p>{trans.__('and %1 more', found.length - RUNS)}</p>}
    </section>
  );
}

function Use({ use, trans, open, lineage }: { use: IFileUse } & IFileUsesOptions): JSX.Element {
  const { run, files } = use;
  const metrics = mainMetrics(run, FACTS).map(
    key => `${key} ${formatNumber(run.metrics[key]?.last ?? null)}`
  );
  const params = Object.entries(run.params)
    .slice(0, FACTS)
    .map(([key, value]) => `${key} ${formatValue(value)}`);
  // A seed may have been given to several functions of a library.
  const seeds = [
    ...new Set(run.seeds.map(({ library, value }) => `${library} ${formatValue(value)}`))
  ].slice(0, FACTS);
  const inputs = run.inputs.slice(0, FACTS).map(({ path }) => path);
  const facts: [string, readonly string[]][] = [
    [trans.__('Metrics'), metrics],
    [trans.__('Params'), params],
    [trans.__('Seeds'), seeds],
    [trans.__('Data'), inputs]
  ];
  const { commit, dirty } = run.code ?? {};
  const names = [...new Set(files.flatMap(({ path, name }) => path ?? name ?? []))];
  return (
    <>
      <div className="bt-FileUses-run">
        <button type="button" className="bt-Link" onClick={() => open(run.id)}>
          {runTitle(run)}
        </button>{' '}
        <span>
          {[
            run.started ? formatTime(run.started) : '',
            trans.__('as %1', names.join(', ')),
            commit ? `${commit.slice(0, 7)}${dirty ? ` (${trans.__('with changes')})` : ''}` : ''
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>{' '}
        <button
          type="button"
          className="bt-Link bt-FileUses-lineage"
          aria-label={trans.__('Lineage of %1', runTitle(run))}
          onClick={() => lineage(run.id)}
        >
          {trans.__('Lineage')}
        </button>
      </div>
      <dl className="bt-FileUses-facts">
        {facts
          .filter(([, values]) => values.length)
          .map(([label, values]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{values.join(', ')}</dd>
            </div>
          ))}
      </dl>
    </>
  );
}
