import { PathExt } from '@jupyterlab/coreutils';

/**
 * The contents path of the folder that a notebook is in.
 *
 * @param notebook - the notebook's absolute path as recorded
 * @param root - the absolute path of the server's root; empty where it is not known
 * @returns the folder, or the root where the notebook is not below it
 */
export function contentsFolder(notebook: string | null, root: string): string {
  const path = slashes(notebook ?? '');
  const above = slashes(root).replace(/\/$/, '');
  if (root && path.startsWith(`${above}/`)) {
    return PathExt.dirname(path.slice(above.length + 1));
  }
  const isAbsolute = /^(\/|[a-zA-Z]:)/.test(path);
  return path && !isAbsolute ? PathExt.dirname(path) : '';
}

/** The contents path of a notebook; null where it is not below the server's root. */
export function contentsPath(notebook: string | null, root: string): string | null {
  const path = slashes(notebook ?? '');
  const above = slashes(root).replace(/\/$/, '');
  return root && path.startsWith(`${above}/`) ? path.slice(above.length + 1) : null;
}

/** A Windows path with the slashes that contents paths have. */
function slashes(path: string): string {
  return /^([a-zA-Z]:|\\\\)/.test(path) ? path.replace(/\\/g, '/') : path;
}
