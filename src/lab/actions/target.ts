import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

/** What commands about a run say of their arguments. */
export function describeRun(
  trans: TranslationBundle
): CommandRegistry.ICommandOptions['describedBy'] {
  return {
    args: {
      type: 'object',
      properties: {
        run: { type: 'string', description: trans.__('The id of the run') },
        runs: {
          type: 'array',
          items: { type: 'string' },
          description: trans.__('The ids of several runs')
        },
        menu: {
          type: 'boolean',
          description: trans.__('Whether the run is the one whose context menu is open')
        }
      }
    }
  };
}

/**
 * The id of the run that a command is about, if its arguments say one.
 *
 * #### Notes
 * JupyterLab remembers the last context menu for ever, so only a command that says that it was
 * chosen from one may ask where it was opened.
 */
export function runOf(app: JupyterFrontEnd, args: ReadonlyPartialJSONObject): string | undefined {
  const { run, menu } = args;
  return typeof run === 'string' ? run : menu === true ? runNode(app)?.dataset.btRun : undefined;
}

/**
 * The ids of the runs that a command is about: those of its arguments, or those that are selected
 * together with the one whose context menu is open.
 */
export function runsOf(app: JupyterFrontEnd, args: ReadonlyPartialJSONObject): readonly string[] {
  if (Array.isArray(args.runs)) {
    return args.runs.filter(one => typeof one === 'string');
  }
  const several = args.menu === true ? runNode(app)?.dataset.btRuns : undefined;
  const run = runOf(app, args);
  return several ? several.split(' ') : run ? [run] : [];
}

/** Whether the run whose context menu is open is archived. */
export function isArchived(app: JupyterFrontEnd, args: ReadonlyPartialJSONObject): boolean {
  return args.menu === true && runNode(app)?.dataset.archived !== undefined;
}

function runNode(app: JupyterFrontEnd): HTMLElement | undefined {
  return app.contextMenuHitTest(node => node.dataset.btRun !== undefined);
}
