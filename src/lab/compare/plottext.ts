/** How long a text may be in a plot, in letters. */
const LENGTH = 40;

/** A text as plotly shows it letter for letter: it takes what stands between `<` and `>` for markup. */
export function plotText(text: string): string {
  const letters = Array.from(text.slice(0, 8 * LENGTH).replace(/[\s\p{Cc}]+/gu, ' '));
  const cut =
    letters.length > LENGTH ? `${letters.slice(0, LENGTH - 1).join('')}…` : letters.join('');
  return cut.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
