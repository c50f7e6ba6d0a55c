import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import { lazy, type JSX } from 'react';
import { sentenceOf, type IMaterial, type ISentence } from '../../runlog/compare.js';
import { Boundary } from '../boundary.js';
import { useChanges } from '../react.js';
import { Shortened } from '../shortened.js';
import { runTitle } from '../store/title.js';
import { Tabs } from '../tabs.js';
import { CommandIDs } from '../tokens.js';
import { CompareCells } from './cells.js';
import type { CompareModel, Tab } from './model.js';
import { RunMark } from './mark.js';
import { DifferenceTable } from './table.js';

const ComparePlots = lazy(() => import('./plots.js'));
const Explore = lazy(() => import('./explore.js'));

/** What a comparison is made with. */
export interface ICompareOptions {
  readonly model: CompareModel;
  readonly commands: CommandRegistry;
  /** Colours sources; without it they are plain. */
  readonly languages: IEditorLanguageRegistry | null;
  readonly trans: TranslationBundle;
}

/** Runs side by side: what changed on top, the parts of the comparison as tabs below. */
export function CompareView({ model, commands, languages, trans }: ICompareOptions): JSX.Element {
  useChanges(model.changed);
  const { materials, problems } = model;
  if (!materials || materials.length < 2) {
    return (
      <div className="bt-Empty" role={problems.length > 0 ? 'alert' : 'status'}>
        <h3>{materials ? trans.__('The runs cannot be compared') : trans.__('Loading…')}</h3>
        {problems.map(problem => (
          <p key={problem}>{problem}</p>
        ))}
      </div>
    );
  }
  const tabs: readonly { id: Tab; label: string }[] = [
    { id: 'differences', label: trans.__('Differences') },
    { id: 'plots', label: trans.__('Plots') },
    { id: 'cells', label: trans.__('Cells') },
    { id: 'explore', label: trans.__('Explore') }
  ];
  const prefix = `bt-compare-${model.ids[0]}`;
  return (
    <>
      <Header model={model} materials={materials} commands={commands} trans={trans} />
      {problems.map(problem => (
        <p className="bt-Notice" role="alert" key={problem}>
          {problem}
        </p>
      ))}
      <Tabs
        prefix={prefix}
        label={trans.__('Parts of the comparison')}
        tabs={tabs}
        current={model.tab}
        onChange={tab => {
          model.tab = tab;
        }}
      />
      <div
        className="bt-RunView-body"
        role="tabpanel"
        id={`${prefix}-panel`}
        aria-labelledby={`${prefix}-${model.tab}`}
        tabIndex={0}
      >
        <Boundary
          loading={trans.__('Loading…')}
          failed={trans.__('This part could not be loaded: reload the page.')}
        >
          {model.tab === 'differences' && (
            <DifferenceTable model={model} materials={materials} trans={trans} />
          )}
          {model.tab === 'plots' && (
            <ComparePlots model={model} materials={materials} trans={trans} />
          )}
          {model.tab === 'cells' && (
            <CompareCells model={model} materials={materials} languages={languages} trans={trans} />
          )}
          {model.tab === 'explore' && <Explore materials={materials} trans={trans} />}
        </Boundary>
      </div>
    </>
  );
}

function Header(props: {
  model: CompareModel;
  materials: readonly IMaterial[];
  commands: CommandRegistry;
  trans: TranslationBundle;
}): JSX.Element {
  const { model, materials, commands, trans } = props;
  const others = materials.filter(({ run }) => run.id !== model.base);
  const sentences = others.map(({ run }) => {
    const difference = model.differenceOf(run.id);
    return difference ? sentenceOf(difference, trans) : null;
  });
  // What is known of none of them is said once.
  const unknown = new Set(sentences.map(one => one?.unknown ?? ''));
  const common = others.length > 1 && unknown.size === 1 ? [...unknown][0] : '';
  return (
    <div className="bt-Compare-head">
      <h2>{trans.__('What changed')}</h2>
      <label className="bt-Compare-base">
        {trans.__('from')}
        <select
          className="bt-Select"
          value={model.base}
          onChange={event => {
            model.base = event.currentTarget.value;
          }}
        >
          {materials.map(({ run }) => (
            <option key={run.id} value={run.id}>
              {runTitle(run)}
            </option>
          ))}
        </select>
      </label>
      <ul className="bt-Compare-sentences" aria-live="polite">
        {others.map(({ run }, at) => (
          <li key={run.id}>
            <a
              href="#"
              title={runTitle(run)}
              onClick={event => {
                event.preventDefault();
                void commands.execute(CommandIDs.openRun, { run: run.id });
              }}
            >
              <RunMark at={model.ids.indexOf(run.id)} />
              <Shortened text={runTitle(run)} />
            </a>
            <Sentence sentence={sentences[at]} hasUnknown={!common} />
          </li>
        ))}
        {common && (
          <li className="bt-Compare-sentence">
            <small>{common}</small>
          </li>
        )}
      </ul>
    </div>
  );
}

function Sentence(props: { sentence: ISentence | null; hasUnknown: boolean }): JSX.Element | null {
  const { sentence, hasUnknown } = props;
  return (
    sentence && (
      <span className="bt-Compare-sentence">
        {sentence.says}
        {hasUnknown && sentence.unknown && <small>{sentence.unknown}</small>}
      </span>
    )
  );
}
