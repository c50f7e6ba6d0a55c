/** Many files of one folder are one entry: a data set of ten thousand pictures is not ten thousand lines. */
import { dirname, relative, sep } from 'node:path';

/** So many files of an execution are told one by one, whatever folders they are in. */
const SINGLE = 32;

/** Splits paths into those to be told one by one, and those of folders to be told as one. */
export function gather(
  paths: readonly string[]
): [single: string[], folders: Map<string, string[]>] {
  if (paths.length <= SINGLE) {
    return [[...paths], new Map()];
  }
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const folder = dirname(path);
    groups.set(folder, [...(groups.get(folder) ?? []), path]);
  }
  const many = new Map([...groups].filter(([, inside]) => inside.length > SINGLE));
  const single = [...groups].flatMap(([folder, inside]) => (many.has(folder) ? [] : inside));
  return [single, many];
}

/** The list of files that stands for a folder, as `sha256sum` prints it. */
export function listing(folder: string, hashes: ReadonlyArray<readonly [string, string]>): string {
  return hashes
    .map(([path, sha256]) => [relative(folder, path).replaceAll(sep, '/'), sha256])
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([path, sha256]) => `${sha256}  ${path}\n`)
    .join('');
}
