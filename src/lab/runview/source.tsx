import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import { useEffect, useRef, type JSX } from 'react';

/** A piece of code in the colours of the editor. */
export function Source(props: {
  code: string;
  /** A name of the language that the editor knows. */
  language: string;
  languages: IEditorLanguageRegistry | null;
}): JSX.Element {
  const { code, language, languages } = props;
  const host = useRef<HTMLPreElement>(null);
  useEffect(() => {
    const element = host.current;
    const found = languages?.findBest(language) ?? null;
    if (!element) {
      return;
    }
    element.textContent = code;
    if (!languages || !found) {
      return;
    }
    let isCurrent = true;
    const coloured = document.createElement('div');
    languages.highlight(code, found, coloured).then(
      () => {
        if (isCurrent) {
          element.replaceChildren(...coloured.childNodes);
        }
      },
      // Without colours it can be read all the same.
      () => undefined
    );
    return () => {
      isCurrent = false;
    };
  }, [code, language, languages]);
  return <pre ref={host} className="bt-Source cm-s-jupyter" tabIndex={0} />;
}
