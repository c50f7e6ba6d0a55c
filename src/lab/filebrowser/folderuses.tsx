import { ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';
import { formatBytes, formatNumber, formatTime } from '../format.js';
import { mainMetrics } from '../history/rows.js';
import type { IFolderFile, IFolderUses, IRunSummary } from '../store/protocol.js';
import { runTitle } from '../store/title.js';
import '../../../style/views.css';

/** How many metrics of a run are told. */
const FACTS = 2;

/** What the table is made of. */
export interface IFolderUsesOptions {
  readonly uses: IFolderUses;
  readonly trans: TranslationBundle;
  readonly open: (run: string) => void;
}

/** The files of a folder, each with the newest run that made it. */
export class FolderUses extends ReactWidget {
  constructor(private readonly _options: IFolderUsesOptions) {
    super();
    this.addClass('bt-FileUses');
  }

  protected override render(): JSX.Element {
    const { uses, trans, open } = this._options;
    const made = uses.files.filter(({ runs }) => runs.length > 0);
    const others = uses.files.length - made.length;
    return (
      <>
        {made.length > 0 && (
          <table className="bt-FileUses-table">
            <thead>
              <tr>
                <th scope="col">{trans.__('File')}</th>
                <th scope="col">{trans.__('Size')}</th>
                <th scope="col">{trans.__('Written by')}</th>
              </tr>
            </thead>
            <tbody>
              {made.map(file => (
                <File key={file.path} file={file} runs={uses.runs} trans={trans} open={open} />
              ))}
            </tbody>
          </table>
        )}
        <p role="status">
          {made.length === 0
            ? trans.__('No recorded run wrote one of the files in this folder.')
            : trans._n(
                'Of one other file no recorded run wrote exactly these bytes.',
                'Of %1 other files no recorded run wrote exactly these bytes.',
                others
              )}
          {uses.left_out > 0 && ` ${trans.__('%1 more files were not looked at.', uses.left_out)}`}
        </p>
        {uses.problems.map(problem => (
          <p key={problem} className="bt-FileUses-problem">
            {problem}
          </p>
        ))}
      </>
    );
  }
}

function File({
  file,
  runs,
  trans,
  open
}: {
  file: IFolderFile;
  runs: { readonly [id: string]: IRunSummary };
} & Omit<IFolderUsesOptions, 'uses'>): JSX.Element {
  const run = runs[file.runs[0] ?? ''];
  const metrics = run
    ? mainMetrics(run, FACTS).map(key => `${key} ${formatNumber(run.metrics[key]?.last ?? null)}`)
    : [];
  return (
    <tr>
      <th scope="row" title={file.sha256 ?? ''}>
        {file.path}
      </th>
      <td>{formatBytes(file.size)}</td>
      <td>
        {run && (
          <>
            <button type="button" className="bt-Link" onClick={() => open(run.id)}>
              {runTitle(run)}
            </button>{' '}
            <span>
              {[
                run.started ? formatTime(run.started) : '',
                ...metrics,
                file.runs.length > 1
                  ? trans._n('also by one other', 'also by %1 others', file.runs.length - 1)
                  : ''
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </>
        )}
      </td>
    </tr>
  );
}
