import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import { useEffect, useState, type JSX } from 'react';
import { sentenceOf, type ISentence } from '../../runlog/compare.js';
import { CompareModel } from '../compare/model.js';
import { Shortened } from '../shortened.js';
import type { IRun } from '../store/protocol.js';
import { runTitle } from '../store/title.js';
import { CommandIDs, type IRunStore } from '../tokens.js';
import { runBefore } from './before.js';
import { contentsPath } from './present.js';

/** The run before, and what changed from it to this one. */
interface IFound {
  readonly id: string;
  readonly title: string;
  readonly sentence: ISentence;
}

/** What changed since the run before, said without being asked; nothing where this is the first. */
export function SinceBefore(props: {
  store: IRunStore;
  run: IRun;
  commands: CommandRegistry;
  trans: TranslationBundle;
}): JSX.Element | null {
  const { store, run, commands, trans } = props;
  const [found, setFound] = useState<IFound | null>(null);
  useEffect(() => {
    let isCurrent = true;
    compare(store, run, trans).then(
      one => isCurrent && setFound(one),
      // The run is shown all the same: nothing is said of what cannot be compared.
      () => isCurrent && setFound(null)
    );
    return () => {
      isCurrent = false;
    };
    // Of a run that goes on, once more with each of its cells.
  }, [store, run.id, run.cells.length, run.status, trans]);
  return (
    found && (
      <section className="bt-Group bt-SinceBefore">
        <h3>
          {trans.__('What changed since')}{' '}
          <button
            type="button"
            className="bt-Link"
            title={found.title}
            onClick={() => void commands.execute(CommandIDs.openRun, { run: found.id })}
          >
            <Shortened text={found.title} />
          </button>
        </h3>
        <p>
          {found.sentence.says}
          {found.sentence.unknown && <small>{found.sentence.unknown}</small>}
        </p>
        {commands.hasCommand(CommandIDs.compareRuns) && (
          <button
            type="button"
            className="bt-Button"
            onClick={() =>
              void commands.execute(CommandIDs.compareRuns, { runs: [found.id, run.id] })
            }
          >
            {trans.__('Compare the two')}
          </button>
        )}
      </section>
    )
  );
}

async function compare(
  store: IRunStore,
  run: IRun,
  trans: TranslationBundle
): Promise<IFound | null> {
  const path = contentsPath(run);
  const id =
    path === null ? null : await runBefore(store.list({ scope: 'notebook', path }), run.id);
  if (id === null) {
    return null;
  }
  // It asks once, as nobody makes it visible.
  const model = new CompareModel([id, run.id], store);
  await model.refresh();
  const difference = model.differenceOf(run.id);
  const before = model.materials?.find(one => one.run.id === id)?.run;
  model.dispose();
  return difference && before
    ? { id, title: runTitle(before), sentence: sentenceOf(difference, trans) }
    : null;
}
