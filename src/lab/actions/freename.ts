import { PathExt } from '@jupyterlab/coreutils';

/** A file name that is not taken: the wanted one, or one with a number, `run-2.py`. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  const extension = PathExt.extname(wanted);
  const stem = wanted.slice(0, wanted.length - extension.length);
  let name = wanted;
  for (let number = 2; taken.has(name); number++) {
    name = `${stem}-${number}${extension}`;
  }
  return name;
}
