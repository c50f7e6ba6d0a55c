import type { TranslationBundle } from '@jupyterlab/translation';
import { useState, type JSX } from 'react';
import { formatValue } from '../format.js';
import { useSome } from '../more.js';
import { stateWord, unknownWord } from './statewords.js';
import { isNothing, kindOf, previewOf, type Deed, type IUses, type IVariableUse } from './uses.js';

/** How many names of a kind the line has that is there before one asks for all. */
const NAMES = 6;

/** How many variables are shown at once. */
const LINES = 50;

/** What an execution used: names on one line, which opens to a table of what they were worth. */
export function CellUses({
  uses,
  trans
}: {
  uses: IUses;
  trans: TranslationBundle;
}): JSX.Element | null {
  const [isOpen, setOpen] = useState(false);
  if (isNothing(uses)) {
    return null;
  }
  return (
    <details className="bt-Uses" onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>
        {partsOf(uses, trans).map(([label, names]) => (
          <span key={label} className="bt-Uses-part">
            {label} <Names names={names} />
          </span>
        ))}
      </summary>
      {isOpen && <Table uses={uses} trans={trans} />}
    </details>
  );
}

function Table({ uses, trans }: { uses: IUses; trans: TranslationBundle }): JSX.Element {
  const { some, more } = useSome(uses.variables, trans, LINES);
  return (
    <div className="bt-Uses-all">
      {some.length > 0 && (
        <table className="bt-Table bt-Uses-table">
          <thead>
            <tr>
              <th scope="col">{trans.__('Variable')}</th>
              <th scope="col">{trans.__('Use')}</th>
              <th scope="col">{trans.__('Type')}</th>
              <th scope="col">{trans.__('Value')}</th>
            </tr>
          </thead>
          <tbody>
            {some.map(use => (
              <Variable key={use.name} use={use} trans={trans} />
            ))}
          </tbody>
        </table>
      )}
      {more}
      {factsOf(uses, trans).map(([label, texts]) => (
        <p key={label}>
          <span>{label}</span> {texts.join(', ')}
        </p>
      ))}
    </div>
  );
}

function Variable({ use, trans }: { use: IVariableUse; trans: TranslationBundle }): JSX.Element {
  const { name, deed, value } = use;
  const kind = value ? kindOf(value) : '';
  const preview = value ? previewOf(value) : '';
  const text = value?.['withheld'] === true ? trans.__('withheld: a secret') : preview;
  return (
    <tr data-deed={deed}>
      <th scope="row" title={name}>
        <code>{name}</code>
        <small>{deedWord(deed, trans)}</small>
      </th>
      <td>{deedWord(deed, trans)}</td>
      <td title={kind}>{kind || '–'}</td>
      <td title={text}>{text}</td>
    </tr>
  );
}

/** Names in the font of code; of many the first. */
function Names({ names }: { names: readonly string[] }): JSX.Element {
  const shown = names.slice(0, NAMES);
  return (
    <>
      {shown.map((name, at) => (
        <span key={name}>
          {at > 0 && ', '}
          <code>{name}</code>
        </span>
      ))}
      {names.length > shown.length && ` +${names.length - shown.length}`}
    </>
  );
}

/** What the line says, in the order in which one asks for it; what was imported earlier is left out. */
function partsOf(uses: IUses, trans: TranslationBundle): [string, readonly string[]][] {
  const named = (...deeds: Deed[]): string[] =>
    uses.variables
      .filter(({ deed, isImported }) => deeds.includes(deed) && !(deed === 'read' && isImported))
      .map(({ name }) => name);
  const parts: [string, readonly string[]][] = [
    [trans.__('imported'), named('imported')],
    [trans.__('set'), named('set')],
    [trans.__('changed'), named('changed')],
    [trans.__('may have changed'), named('maybe')],
    [trans.__('deleted'), named('deleted')],
    [trans.__('read'), named('read')],
    [trans.__('read file'), uses.filesRead],
    [trans.__('wrote file'), uses.filesWritten],
    [trans.__('seed'), uses.seeds.map(({ library, value }) => `${library} ${formatValue(value)}`)]
  ];
  const said = parts.filter(([, names]) => names.length > 0);
  return said.length > 0 ? said : [[trans.__('What it used'), []]];
}

/** What stands below the table: all that is no variable, whole. */
function factsOf(uses: IUses, trans: TranslationBundle): [string, readonly string[]][] {
  const facts: [string, readonly string[]][] = [
    [trans.__('Files read:'), uses.filesRead],
    [trans.__('Files written:'), uses.filesWritten],
    [
      trans.__('Seeds:'),
      uses.seeds.map(({ library, value }) => `${library} ${formatValue(value)}`)
    ],
    [trans.__('Changed beside variables:'), uses.hidden.map(name => stateWord(name, trans))],
    [
      trans.__('It may have used more, because of:'),
      uses.unknown.map(reason => unknownWord(reason, trans))
    ]
  ];
  return facts.filter(([, texts]) => texts.length > 0);
}

function deedWord(deed: Deed, trans: TranslationBundle): string {
  switch (deed) {
    case 'imported':
      return trans.__('imported');
    case 'set':
      return trans.__('set');
    case 'changed':
      return trans.__('changed');
    case 'maybe':
      return trans.__('may have changed');
    case 'deleted':
      return trans.__('deleted');
    case 'read':
      return trans.__('read');
  }
}
