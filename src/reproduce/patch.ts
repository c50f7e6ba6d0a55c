/**
 * What the code of a run had beside its commit, as one patch that `git apply` takes.
 */

import type { RunSummary } from '../runlog/index.js';
import type { IExportOptions } from './export.js';

/** See above. */
export interface IPatch {
  /** UTF-8; empty where the tree was that of the commit. */
  readonly text: string;
  /** What it lacks, in sentences. */
  readonly problems: ReadonlyArray<string>;
}

/** Puts the recorded difference and the files that git did not track into one patch. */
export async function patchOf(
  code: RunSummary['code'],
  blob: IExportOptions['blob']
): Promise<IPatch> {
  const parts: string[] = [];
  const problems: string[] = [];
  if (code?.diff) {
    const text = await blob(code.diff);
    if (text === undefined) {
      problems.push('The record has lost what differed from the commit.');
    } else {
      parts.push(text);
      if (text.includes('\ufffd')) {
        problems.push('What differed from the commit is no UTF-8 everywhere: it may not fit.');
      }
    }
  } else if (code?.dirty) {
    problems.push(
      `What differed from the commit was not kept: ${code.reason ?? 'it is not said why'}.`
    );
  }
  for (const [path, sha256] of Object.entries(code?.untracked ?? {}).sort()) {
    const text = sha256 ? await blob(sha256) : undefined;
    if (text !== undefined && !/\p{Surrogate}|\ufffd/u.test(text)) {
      parts.push(added(path, text));
    } else if (/\.py$/.test(path)) {
      problems.push(`${path}, which git did not track, is not in the record.`);
    }
  }
  return { text: parts.map(part => (part.endsWith('\n') ? part : `${part}\n`)).join(''), problems };
}

/** A file that is new, as git shows it. */
function added(path: string, text: string): string {
  const [from, to] = [quoted(`a/${path}`), quoted(`b/${path}`)];
  const head = `diff --git ${from} ${to}\nnew file mode 100644\n`;
  if (text === '') {
    return `${head}index 0000000..e69de29\n`;
  }
  const lines = text.split('\n');
  const open = lines.at(-1) !== '';
  if (!open) {
    lines.pop();
  }
  const body = lines.map(line => `+${line}\n`).join('');
  // A tab ends a name with a blank in it.
  const end = path.includes(' ') && !to.startsWith('"') ? '\t' : '';
  return `${head}--- /dev/null\n+++ ${to}${end}\n@@ -0,0 +1,${lines.length} @@\n${body}${open ? '\\ No newline at end of file\n' : ''}`;
}

function quoted(path: string): string {
  // eslint-disable-next-line no-control-regex -- such names are what is looked for
  if (!/["\\\u0000-\u001f\u007f]/.test(path)) {
    return path;
  }
  const escaped = path.replace(
    // eslint-disable-next-line no-control-regex -- see above
    /["\\\u0000-\u001f\u007f]/g,
    letter =>
      letter === '"' || letter === '\\'
        ? `\\${letter}`
        : `\\${letter.charCodeAt(0).toString(8).padStart(3, '0')}`
  );
  return `"${escaped}"`;
}
