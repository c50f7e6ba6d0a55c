import type { TranslationBundle } from '@jupyterlab/translation';
import { useMemo, type JSX } from 'react';

/** How many lines of a file are shown; the record has them all. */
const SHOWN = 2000;

/** What git's difference says of one file. */
export interface IPatchedFile {
  readonly path: string;
  readonly lines: readonly string[];
}

/** The files of a difference as `git diff` writes it. */
export function patchedFiles(diff: string): readonly IPatchedFile[] {
  return diff
    .split(/^(?=diff --git )/m)
    .filter(part => part.trim() !== '')
    .map(part => {
      const lines = part.replace(/\n$/, '').split('\n');
      const body = lines.findIndex(line => /^(@@|GIT binary patch|Binary files)/.test(line));
      const named = /^diff --git (?:"?a\/)(.*?)"? (?:"?b\/)(.*?)"?$/.exec(lines[0] ?? '');
      return { path: named?.[2] ?? '', lines: lines.slice(Math.max(0, body)) };
    });
}

/** A difference file by file, its lines in the colours of what was added and what was taken away. */
export function Patch({ diff, trans }: { diff: string; trans: TranslationBundle }): JSX.Element {
  const files = useMemo(() => patchedFiles(diff), [diff]);
  return (
    <>
      {files.map(({ path, lines }, at) => (
        <details key={at} className="bt-Patch" open={at < 20}>
          <summary>{path || trans.__('Changes')}</summary>
          <pre className="bt-Source" tabIndex={0}>
            {lines.slice(0, SHOWN).map((line, row) => (
              <span key={row} data-line={KINDS[line[0] ?? ''] ?? undefined}>
                {line}
                {'\n'}
              </span>
            ))}
          </pre>
          {lines.length > SHOWN && (
            <p className="bt-Wait">{trans.__('%1 more lines', lines.length - SHOWN)}</p>
          )}
        </details>
      ))}
    </>
  );
}

const KINDS: Readonly<Record<string, string>> = { '+': 'added', '-': 'removed', '@': 'place' };
