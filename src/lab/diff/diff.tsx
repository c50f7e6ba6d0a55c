import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import { useEffect, useRef, useState, type JSX } from 'react';

/** From this width on, in pixels, two texts have room beside each other. */
const WIDE = 640;

/** What a difference is shown of. */
export interface IDiffProps {
  readonly before: string;
  readonly after: string;
  /** What the two are, such as `as executed` and `as it is now`. */
  readonly labels: readonly [string, string];
  readonly language: string;
  readonly languages: IEditorLanguageRegistry | null;
  readonly trans: TranslationBundle;
}

/** The difference of two texts, in the editor's own merge view, which is fetched when it is needed. */
export function Diff(props: IDiffProps): JSX.Element {
  const { before, after, labels, language, languages, trans } = props;
  const host = useRef<HTMLDivElement>(null);
  const [isBroken, setBroken] = useState(false);
  const [first, second] = labels;
  useEffect(() => {
    const element = host.current;
    let shown: IDisposable | null = null;
    let isCurrent = true;
    const show = async (): Promise<void> => {
      const { showDiff } = await import('./editor.js');
      if (element && isCurrent) {
        const isWide = element.clientWidth >= WIDE;
        const options = { before, after, labels: [first, second] as const, isWide };
        const made = await showDiff(element, { ...options, language, languages });
        if (isCurrent) {
          shown = made;
        } else {
          made.dispose();
        }
      }
    };
    show().catch(() => isCurrent && setBroken(true));
    return () => {
      isCurrent = false;
      shown?.dispose();
    };
  }, [before, after, first, second, language, languages]);
  return (
    <figure className="bt-Diff">
      <figcaption>
        <span>{first}</span>
        <span>{second}</span>
      </figcaption>
      {isBroken && (
        <p className="bt-Notice" role="alert">
          {trans.__('The difference could not be shown: reload the page.')}
        </p>
      )}
      <div ref={host} className="bt-Diff-host" />
    </figure>
  );
}
