import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';

/**
 * What colours sources; null on a page without it.
 *
 * #### Notes
 * Asked for by the first view with sources: JupyterLab's start does not wait for it.
 */
export async function editorLanguages(
  app: JupyterFrontEnd
): Promise<IEditorLanguageRegistry | null> {
  const { IEditorLanguageRegistry } = await import('@jupyterlab/codemirror');
  return app.resolveOptionalService(IEditorLanguageRegistry);
}
