import type { TranslationBundle } from '@jupyterlab/translation';

/** State that has no name in the notebook, as a person would call it: `environ`, `global:x`, `module:numpy`. */
export function stateWord(name: string, trans: TranslationBundle): string {
  const [, kind, of] = /^(global|module):(.+)$/.exec(name) ?? [];
  switch (kind ?? name) {
    case 'cwd':
      return trans.__('the working folder');
    case 'environ':
      return trans.__('environment variables');
    case 'figures':
      return trans.__('open figures');
    case 'global':
      return `globalThis.${of}`;
    case 'module':
      return trans.__('the module %1', of);
    default:
      return name;
  }
}

/** Why an execution may have used more than is known; what is the name of something stays as it is. */
export function unknownWord(reason: string, trans: TranslationBundle): string {
  const [, when = reason, changed] =
    /^(changed (?:between executions|meanwhile)): (.+)$/.exec(reason) ?? [];
  switch (when) {
    case 'failed after changing state':
      return trans.__('it ended halfway');
    case 'thread still running':
      return trans.__('a thread that still ran');
    case 'task still running':
      return trans.__('a task that still ran');
    case 'changed between executions':
      return trans.__('%1, which was set while no cell ran', changed);
    case 'changed meanwhile':
      return trans.__('%1, which something else set meanwhile', changed);
    default:
      return reason;
  }
}
