/** What axe-core finds in a part of a page: what a screen reader or a keyboard cannot use. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** How long a screen may fade in, in milliseconds. */
const SETTLED = 5000;

/**
 * The violations in the elements that selectors name, a line for each element.
 *
 * #### Notes
 * JupyterLab's own parts are left to JupyterLab: give the selectors of screens of the extension.
 *
 * @param rules - only these; all of them when it is left out
 */
export async function violations(
  page: Page,
  selectors: string | readonly string[],
  rules: readonly string[] = []
): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode();
  for (const selector of [selectors].flat()) {
    axe.include(selector);
  }
  if (rules.length > 0) {
    axe.withRules([...rules]);
  }
  const until = Date.now() + SETTLED;
  for (;;) {
    const { violations: found } = await axe.analyze();
    // Half faded in, a text has too little contrast; what is wrong with it stays wrong.
    if (found.length === 0 || Date.now() > until) {
      return found.flatMap(({ id, help, nodes }) =>
        nodes.map(node => `${id}: ${help}: ${node.target.join(' ')}: ${node.html.slice(0, 200)}`)
      );
    }
    await page.waitForTimeout(250);
  }
}
