import { PageConfig, PathExt } from '@jupyterlab/coreutils';

/**
 * The contents path of the folder that a run's notebook is in.
 *
 * @param notebook - the notebook's absolute path as recorded, or its contents path
 * @param directory - the absolute path of the `runs` folder, for when the notebook has moved away
 *   or is not known
 * @returns the folder, or the root where the notebook is not below it
 */
export function contentsFolder(notebook: string | null, directory: string): string {
  const root = PageConfig.getOption('backtrailRoot').replace(/\\/g, '/').replace(/\/$/, '');
  for (const path of [notebook, directory]) {
    const absolute = path?.replace(/\\/g, '/');
    if (root && absolute?.startsWith(`${root}/`)) {
      return PathExt.dirname(absolute.slice(root.length + 1));
    }
  }
  return notebook && !/^([/\\]|[a-zA-Z]:)/.test(notebook) ? PathExt.dirname(notebook) : '';
}
