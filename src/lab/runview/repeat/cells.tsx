import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { TranslationBundle } from '@jupyterlab/translation';
import { useState, type JSX } from 'react';
import { Source } from '../source.js';
import type { IKeptVerdict, IRepeatCell, RepeatModel } from './model.js';
import { Reason } from './reason.js';

/** How many cells are shown before one asks for more. */
const SHOWN = 200;

/** How a cell stands: being replayed, compared, or neither. */
type Standing = 'now' | 'same' | 'differs' | 'missing' | undefined;

/** The cells of the session in the order in which they ran: kept or left out, and why. */
export function RepeatCells(props: {
  repeat: RepeatModel;
  language: string;
  languages: IEditorLanguageRegistry | null;
  trans: TranslationBundle;
}): JSX.Element {
  const { repeat, language, languages, trans } = props;
  const [shown, setShown] = useState(SHOWN);
  const cells = repeat.cells ?? [];
  const kept = cells.filter(cell => cell.kept);
  const verdict = repeat.isOutdated ? undefined : repeat.verdicts.at(0);
  const { state } = repeat;
  const now = state.kind === 'working' ? kept[(state.progress?.cells ?? 0) - 1]?.n : undefined;
  const standing = (n: number): Standing =>
    state.kind === 'working' ? (n === now ? 'now' : undefined) : standingOf(n, verdict);
  return (
    <ol className="bt-Slice">
      {cells.slice(0, shown).map(cell => (
        <SliceCell
          key={cell.n}
          cell={cell}
          standing={standing(cell.n)}
          language={language}
          languages={languages}
          trans={trans}
        />
      ))}
      {cells.length > shown && (
        <li>
          <button type="button" className="bt-Link" onClick={() => setShown(shown + SHOWN)}>
            {trans.__('Show more of the %1 cells', cells.length)}
          </button>
        </li>
      )}
    </ol>
  );
}

function SliceCell(props: {
  cell: IRepeatCell;
  standing: Standing;
  language: string;
  languages: IEditorLanguageRegistry | null;
  trans: TranslationBundle;
}): JSX.Element {
  const { cell, standing, language, languages, trans } = props;
  const [isOpen, setOpen] = useState(false);
  const [first, ...more] = cell.reasons;
  const why = cell.kept ? trans.__('kept') : trans.__('left out');
  const source = cell.source;
  return (
    <li className="bt-SliceCell" data-kept={cell.kept || undefined} data-standing={standing}>
      <button
        type="button"
        className="bt-SliceCell-head"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <span className="bt-Cell-count">[{cell.label}]</span>
        <code className="bt-SliceCell-line">
          {firstLine(source) ?? trans.__('(a large source)')}
        </code>
        <span className="bt-SliceCell-why" title={cell.reasons.join('\n')}>
          <b>{why}</b>
          {first !== undefined && (
            <>
              : <Reason text={first} />
            </>
          )}
          {more.length > 0 && <small> +{more.length}</small>}
        </span>
        <span className="bt-SliceCell-standing">{standingWord(standing, trans)}</span>
      </button>
      {isOpen && (
        <div className="bt-SliceCell-body">
          {more.length > 0 && (
            <ul>
              {cell.reasons.map(reason => (
                <li key={reason}>
                  <Reason text={reason} />
                </li>
              ))}
            </ul>
          )}
          {source === undefined ? (
            <p className="bt-Wait">{trans.__('The source is not shown here.')}</p>
          ) : (
            <Source code={source} language={language} languages={languages} />
          )}
        </div>
      )}
    </li>
  );
}

function standingOf(n: number, verdict: IKeptVerdict | undefined): Standing {
  const found = verdict?.differs?.find(difference => difference.n === n);
  if (found || verdict?.cell === n) {
    return found?.kind === 'missing' ? 'missing' : 'differs';
  }
  // Behind so many differences more may have been left out.
  const isWhole = (verdict?.differs?.length ?? 0) < 20;
  return isWhole && verdict?.cells?.includes(n) ? 'same' : undefined;
}

function standingWord(standing: Standing, trans: TranslationBundle): string {
  switch (standing) {
    case 'now':
      return trans.__('replaying…');
    case 'same':
      return trans.__('same');
    case 'differs':
      return trans.__('differs');
    case 'missing':
      return trans.__('did not run');
    default:
      return '';
  }
}

/** The first line that says something. */
function firstLine(source: string | undefined): string | undefined {
  return source?.split('\n').find(line => line.trim() !== '') ?? source;
}
