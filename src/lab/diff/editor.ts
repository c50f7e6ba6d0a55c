import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { jupyterTheme, type IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { IDisposable } from '@lumino/disposable';

/** Two texts whose difference is shown. */
export interface IDiffOptions {
  readonly before: string;
  readonly after: string;
  /** What the two are, for screen readers. */
  readonly labels: readonly [string, string];
  /** Whether they stand beside each other, not in one another. */
  readonly isWide: boolean;
  readonly language: string;
  readonly languages: IEditorLanguageRegistry | null;
}

/** How far and how long, in milliseconds, small differences are looked for in large texts. */
const DIFF = { scanLimit: 1000, timeout: 150 };

/** From how many unchanged lines on they are folded, and how many of them stay visible. */
const COLLAPSE = { margin: 3, minSize: 8 };

/** Shows the difference of two texts in an element, until the returned object is disposed. */
export async function showDiff(host: HTMLElement, options: IDiffOptions): Promise<IDisposable> {
  const { before, after, labels, isWide, languages } = options;
  const found = languages?.findBest(options.language);
  const language = found
    ? await languages?.getLanguage(found.name).catch(() => undefined)
    : undefined;
  const extensions = (label: string): Extension[] => [
    jupyterTheme,
    lineNumbers(),
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
    ...(language?.support ? [language.support] : [])
  ];
  if (isWide) {
    const view = new MergeView({
      parent: host,
      a: { doc: before, extensions: extensions(labels[0]) },
      b: { doc: after, extensions: extensions(labels[1]) },
      diffConfig: DIFF,
      collapseUnchanged: COLLAPSE
    });
    return disposable(() => view.destroy());
  }
  const view = new EditorView({
    parent: host,
    doc: after,
    extensions: [
      ...extensions(labels[1]),
      unifiedMergeView({
        original: before,
        mergeControls: false,
        diffConfig: DIFF,
        collapseUnchanged: COLLAPSE
      })
    ]
  });
  return disposable(() => view.destroy());
}

function disposable(dispose: () => void): IDisposable {
  let isDisposed = false;
  return {
    get isDisposed() {
      return isDisposed;
    },
    dispose: () => {
      if (!isDisposed) {
        isDisposed = true;
        dispose();
      }
    }
  };
}
