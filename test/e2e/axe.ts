/** What axe-core finds in a part of a page: what a screen reader or a keyboard cannot use. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * The violations in the elements that a selector names, a line for each element.
 *
 * #### Notes
 * JupyterLab's own parts are left to JupyterLab: give the selector of a screen of the extension.
 */
export async function violations(page: Page, selector: string): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .include(selector)
    .setLegacyMode()
    .analyze();
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(node => `${id}: ${help}: ${node.target.join(' ')}: ${node.html.slice(0, 200)}`)
  );
}
