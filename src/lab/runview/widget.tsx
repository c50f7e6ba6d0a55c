import type { MainAreaWidget } from '@jupyterlab/apputils';
import { createView } from '../mainarea/content.js';
import { loadPlotly } from '../plot/plotly.js';
import { runTitle } from '../store/title.js';
import type { ICellActivity, IRunStore } from '../tokens.js';
import { RunModel } from './model.js';
import { RunView, type IRunViewOptions } from './view.js';

/** Makes the widget that shows a run in the main area. */
export function createRunView(
  options: Omit<IRunViewOptions, 'model'> & {
    readonly id: string;
    readonly store: IRunStore;
    readonly cells: ICellActivity;
  }
): { readonly widget: MainAreaWidget; readonly model: RunModel } {
  const { id, store, cells, commands, languages, present, newest, trans } = options;
  // What draws is fetched while the server is asked for the run; who fails to get it tries again later.
  void Promise.all([import('../plot/charts.js'), loadPlotly()]).catch(() => undefined);
  const model = new RunModel(id, store, cells);
  const widget = createView(
    RunView,
    { model, commands, languages, present, newest, trans },
    { id: `backtrail-run-${id}`, label: trans.__('Run') }
  );
  const name = (): void => {
    // JupyterLab shows it elsewhere too, in all its length.
    widget.title.label = model.run ? shortened(runTitle(model.run)) : trans.__('Run');
    widget.title.caption = trans.__('Run %1', model.run ? runTitle(model.run) : model.id);
  };
  model.changed.connect(name);
  name();
  return { widget, model };
}

/** How many letters the title of a tab has at most. */
const TITLE = 60;

function shortened(text: string): string {
  const letters = Array.from(text);
  return letters.length > TITLE ? `${letters.slice(0, TITLE - 1).join('')}…` : text;
}
