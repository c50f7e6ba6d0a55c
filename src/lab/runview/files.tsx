import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactNode, JSX } from 'react';
import { formatBytes } from '../format.js';
import { useSearch, useSome } from '../more.js';
import type { IRun } from '../store/protocol.js';
import { waySentence, wayWord } from './fileways.js';
import type { RunModel } from './model.js';

/** A file as a run has it, whichever list it stands in. */
interface IFile {
  path: string;
  sha256?: string | null;
  size?: number | null;
  how?: string | null;
  kind?: string | null;
  skipped?: string | null;
  cell?: number | null;
}

/** What the run read and wrote, and the datasets it used. */
export function Files({
  model,
  run,
  which,
  lineage,
  trans
}: {
  model: RunModel;
  run: IRun;
  /** Asks which runs have to do with the bytes of a hash. */
  which: (sha256: string) => void;
  /** Shows the runs before and after this one. */
  lineage: () => void;
  trans: TranslationBundle;
}): JSX.Element {
  const shared = { run, which, trans };
  const artifacts = run.artifacts.map(file => ({
    ...file,
    path: file.name,
    link: model.store.client.artifactUrl(run.id, file.path)
  }));
  if (![run.inputs, run.outputs, artifacts, run.datasets].some(list => list.length > 0)) {
    return (
      <div className="bt-Empty" role="status">
        <h3>{trans.__('No files')}</h3>
        <p>{trans.__('This run read no file and wrote none, as far as was seen.')}</p>
      </div>
    );
  }
  return (
    <>
      <p className="bt-Files-lineage">
        <button type="button" className="bt-Link" onClick={lineage}>
          {trans.__('Lineage: what this run was made of, and what was made of it')}
        </button>
      </p>
      {run.datasets.length > 0 && <Datasets {...shared} />}
      <FileTable title={trans.__('Read')} files={run.inputs} {...shared} />
      <FileTable title={trans.__('Written')} files={run.outputs} {...shared} />
      <FileTable title={trans.__('Kept with the run')} files={artifacts} {...shared} />
    </>
  );
}

function FileTable(props: {
  title: string;
  files: readonly (IFile & { link?: string })[];
  run: IRun;
  which: (sha256: string) => void;
  trans: TranslationBundle;
}): JSX.Element | null {
  const { title, files, run, which, trans } = props;
  const { found, field } = useSearch(
    files,
    ({ path }) => path,
    trans.__('Filter %1 files', files.length)
  );
  const { some, more } = useSome(found, trans);
  const isSeen = files.some(({ how }) => how);
  return files.length === 0 ? null : (
    <section className="bt-Group">
      <h3>{title}</h3>
      {field}
      <table className="bt-Table bt-Files">
        <thead>
          <tr>
            <th scope="col">{trans.__('File')}</th>
            <th scope="col">{trans.__('Size')}</th>
            <th scope="col">{trans.__('SHA-256')}</th>
            <th scope="col">{trans.__('Cell')}</th>
            {isSeen && <th scope="col">{trans.__('How')}</th>}
          </tr>
        </thead>
        <tbody>
          {some.map((file, at) => (
            <tr key={at}>
              <th scope="row" title={file.path}>
                {file.link ? (
                  <a href={file.link} download>
                    {file.path}
                  </a>
                ) : (
                  file.path
                )}
                {file.kind === 'directory' && '/'}
              </th>
              <td>{bytes(file.size)}</td>
              <td>
                <Hash file={file} which={which} trans={trans} />
              </td>
              <td>{cellOf(run, file.cell)}</td>
              {isSeen && <td title={waySentence(file.how, trans)}>{wayWord(file.how, trans)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {more}
    </section>
  );
}

function Datasets({
  run,
  which,
  trans
}: {
  run: IRun;
  which: (sha256: string) => void;
  trans: TranslationBundle;
}): JSX.Element {
  return (
    <section className="bt-Group">
      <h3>{trans.__('Datasets')}</h3>
      <table className="bt-Table bt-Files bt-Datasets">
        <thead>
          <tr>
            <th scope="col">{trans.__('Dataset')}</th>
            <th scope="col">{trans.__('Rows')}</th>
            <th scope="col">{trans.__('Columns')}</th>
            <th scope="col">{trans.__('Classes and splits')}</th>
            <th scope="col">{trans.__('SHA-256')}</th>
            <th scope="col">{trans.__('Cell')}</th>
          </tr>
        </thead>
        <tbody>
          {run.datasets.map((dataset, at) => (
            <tr key={at}>
              <th scope="row" title={dataset.path ?? undefined}>
                {[dataset.name, dataset.version].filter(Boolean).join(' ')}
              </th>
              <td>{dataset.rows ?? ''}</td>
              <td>{dataset.columns ?? ''}</td>
              <td>{counts(dataset.splits) || counts(dataset.classes)}</td>
              <td>
                <Hash file={dataset} which={which} trans={trans} />
              </td>
              <td>{cellOf(run, dataset.cell)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The beginning of a hash, which tells the runs that have to do with it; or why there is none. */
function Hash(props: {
  file: { sha256?: string | null; skipped?: string | null };
  which: (sha256: string) => void;
  trans: TranslationBundle;
}): JSX.Element {
  const { sha256, skipped } = props.file;
  return sha256 ? (
    <button
      type="button"
      className="bt-Link"
      title={props.trans.__('Which runs made these bytes, and which read them? %1', sha256)}
      onClick={() => props.which(sha256)}
    >
      <code>{sha256.slice(0, 12)}</code>
    </button>
  ) : (
    <span className="bt-Files-none">{skipped ?? props.trans.__('not known')}</span>
  );
}

/** How the notebook shows the execution that touched a file. */
function cellOf(run: IRun, cell: number | null | undefined): ReactNode {
  if (cell === null || cell === undefined) {
    return '';
  }
  const count = run.cells.find(({ n }) => n === cell)?.count;
  return count === null || count === undefined ? `#${cell}` : `[${count}]`;
}

function bytes(size: number | null | undefined): string {
  return size === null || size === undefined ? '' : formatBytes(size);
}

function counts(of: Record<string, number> | null | undefined): string {
  const entries = Object.entries(of ?? {});
  const shown = entries.slice(0, 12).map(([name, count]) => `${name}: ${count}`);
  return [...shown, ...(entries.length > shown.length ? ['…'] : [])].join(', ');
}
