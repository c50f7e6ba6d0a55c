import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import { useEffect, type JSX } from 'react';
import { useChanges } from '../../react.js';
import type { IRun } from '../../store/protocol.js';
import { CommandIDs } from '../../tokens.js';
import type { RunModel } from '../model.js';
import { RepeatCells } from './cells.js';
import { VerifyControls } from './controls.js';
import { EarlierVerdicts, LastVerdict } from './verdict.js';

/** What it takes to repeat a run: its slice as it would be exported, and whether it comes to the same. */
export function Repeat(props: {
  model: RunModel;
  run: IRun;
  commands: CommandRegistry;
  languages: IEditorLanguageRegistry | null;
  trans: TranslationBundle;
}): JSX.Element {
  const { model, run, commands, languages, trans } = props;
  const { repeat } = model;
  useChanges(repeat.changed);
  const last = run.cells[run.cells.length - 1];
  useEffect(() => void repeat.load(), [repeat, run.cells.length, last?.status, run.status]);
  if (repeat.error) {
    return (
      <div className="bt-Empty" role="alert">
        <h3>{trans.__('This run cannot be repeated')}</h3>
        <p>{repeat.error}</p>
      </div>
    );
  }
  if (!repeat.cells) {
    return <p className="bt-Wait">{trans.__('Loading…')}</p>;
  }
  const kept = repeat.cells.filter(cell => cell.kept).length;
  const choices = [
    [false, trans.__('What the results need')],
    [true, trans.__('Every cell')]
  ] as const;
  const action = (command: string, shown: string, label: string): JSX.Element => (
    <button
      type="button"
      className="bt-Button"
      aria-label={label}
      onClick={() => void commands.execute(command, { run: run.id, whole: repeat.whole })}
    >
      {shown}
    </button>
  );
  return (
    <>
      <VerifyControls model={model} trans={trans} />
      <LastVerdict repeat={repeat} trans={trans} />
      <section className="bt-Group">
        <div className="bt-Repeat-bar">
          <fieldset className="bt-Axis">
            <legend>{trans.__('Which cells are repeated')}</legend>
            {choices.map(([whole, label]) => (
              <label key={label}>
                <input
                  type="radio"
                  name={`bt-slice-${run.id}`}
                  checked={repeat.whole === whole}
                  onChange={() => {
                    repeat.whole = whole;
                  }}
                />
                <span>{label}</span>
              </label>
            ))}
          </fieldset>
          <span className="bt-Repeat-count" role="status">
            {trans.__('%1 of %2 cells', kept, repeat.cells.length)}
          </span>
          <span className="bt-Repeat-export">
            <span aria-hidden="true">{trans.__('Export as')}</span>
            {action(
              repeat.whole ? CommandIDs.exportWhole : CommandIDs.exportScript,
              trans.__('Script'),
              trans.__('Export as script')
            )}
            {action(
              CommandIDs.exportNotebook,
              trans.__('Notebook'),
              trans.__('Export as notebook')
            )}
            {action(CommandIDs.exportCrate, trans.__('RO-Crate'), trans.__('Export as RO-Crate'))}
          </span>
        </div>
        <RepeatCells
          repeat={repeat}
          language={run.kernel?.language ?? 'python'}
          languages={languages}
          trans={trans}
        />
      </section>
      <EarlierVerdicts repeat={repeat} trans={trans} />
    </>
  );
}
