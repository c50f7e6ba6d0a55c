import type { TranslationBundle } from '@jupyterlab/translation';
import { useState, type CSSProperties, type JSX } from 'react';
import { agree, type IMaterial, type IRow, type ISection } from '../../runlog/compare.js';
import { Shortened } from '../shortened.js';
import { runTitle } from '../store/title.js';
import { RunMark } from './mark.js';
import type { CompareModel } from './model.js';
import { entryText, entryTitle, rowTitle } from './values.js';

/** How many rows of a section are shown before one asks for more. */
const SHOWN = 200;

/** From how many letters on the name of a run may lack its middle. */
const LONG = 14;

/** What the runs differ in, and what is the same in all of them when one asks for it. */
export function DifferenceTable(props: {
  model: CompareModel;
  materials: readonly IMaterial[];
  trans: TranslationBundle;
}): JSX.Element {
  const { model, materials, trans } = props;
  const sections = model.sections;
  // How much of a narrow view a column may have.
  const widths = { '--bt-runs': materials.length } as CSSProperties;
  const isEmpty = sections.every(({ rows }) => rows.every(row => row.agreement === 'same'));
  return (
    <>
      <label className="bt-Switch">
        <input
          type="checkbox"
          checked={model.showsAll}
          onChange={event => {
            model.showsAll = event.currentTarget.checked;
          }}
        />
        {trans.__('Show what is the same as well')}
      </label>
      {isEmpty && !model.showsAll && (
        <p className="bt-Wait" role="status">
          {trans.__('These runs differ in nothing that this table would show.')}
        </p>
      )}
      <table className="bt-CompareTable" style={widths}>
        <caption className="bt-visually-hidden">{trans.__('What the runs differ in')}</caption>
        <thead>
          <tr>
            <td />
            {materials.map(({ run }) => (
              <th scope="col" key={run.id} title={runTitle(run)}>
                <RunMark at={model.ids.indexOf(run.id)} />
                <Shortened text={runTitle(run)} long={LONG} />
                {run.id === model.base && <small>{trans.__('base')}</small>}
              </th>
            ))}
          </tr>
        </thead>
        {sections.map(section => (
          <Section
            key={section.name}
            section={section}
            model={model}
            base={materials.findIndex(({ run }) => run.id === model.base)}
            count={materials.length}
            trans={trans}
          />
        ))}
      </table>
    </>
  );
}

function Section(props: {
  section: ISection;
  model: CompareModel;
  /** Which of the runs is the base. */
  base: number;
  count: number;
  trans: TranslationBundle;
}): JSX.Element | null {
  const { section, model, base, count, trans } = props;
  const [shown, setShown] = useState(SHOWN);
  const rows = section.rows.filter(row => model.showsAll || row.agreement !== 'same');
  if (rows.length === 0) {
    return null;
  }
  const same = model.showsAll ? 0 : section.same;
  return (
    <tbody>
      <tr className="bt-CompareTable-section">
        <th scope="rowgroup" colSpan={count + 1}>
          {titleOf(section, trans)}
          {same > 0 && (
            <small>
              {same === 1
                ? trans.__('one more is the same')
                : trans.__('%1 more are the same', same)}
            </small>
          )}
        </th>
      </tr>
      {rows.slice(0, shown).map(row => (
        <Row key={row.key} row={row} section={section} base={base} trans={trans} />
      ))}
      {rows.length > shown && (
        <tr>
          <td colSpan={count + 1}>
            <button type="button" className="bt-Link" onClick={() => setShown(shown + SHOWN)}>
              {trans.__('Show more of the %1 rows', rows.length)}
            </button>
          </td>
        </tr>
      )}
    </tbody>
  );
}

function Row(props: {
  row: IRow;
  section: ISection;
  base: number;
  trans: TranslationBundle;
}): JSX.Element {
  const { row, section, base, trans } = props;
  return (
    <tr>
      <th scope="row" title={row.key}>
        {rowTitle(row.key, section.name, trans)}
      </th>
      {row.entries.map((entry, at) => (
        <td
          key={at}
          title={entryTitle(entry)}
          data-kind={entry.kind}
          data-differs={agree(row.entries[base] ?? entry, entry) === 'differs' || undefined}
        >
          {entryText(entry, section.name, trans)}
        </td>
      ))}
    </tr>
  );
}

function titleOf({ name }: ISection, trans: TranslationBundle): string {
  switch (name) {
    case 'params':
      return trans.__('Params');
    case 'metrics':
      return trans.__('Metrics (last value)');
    case 'seeds':
      return trans.__('Seeds');
    case 'data':
      return trans.__('Data');
    case 'code':
      return trans.__('Code');
    case 'environment':
      return trans.__('Environment');
    case 'packages':
      return trans.__('Packages');
    case 'tags':
      return trans.__('Tags');
  }
}
