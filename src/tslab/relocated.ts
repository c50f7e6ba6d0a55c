/**
 * Texts that hold paths of the folder that a replay takes place in: they are the notebook's, moved there.
 */

/** The folder below which everything stands as in the user's folders; empty where nothing is moved. */
let tree = '';

/** From now on, paths below a folder count as those that they stand for. */
export function relocate(folder: string): void {
  tree = folder;
}

/** A text as it would be in the user's folders. */
export function home(text: string): string {
  return tree !== '' && text.includes(tree) ? text.replaceAll(tree, '') : text;
}
