/**
 * How much room a text takes on a terminal.
 */

const letters = new Intl.Segmenter();

/** What is drawn in two columns: the scripts of East Asia, and what is drawn as a picture. */
const WIDE =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|.\ufe0f)/u;

/** How many columns a text takes. */
export function width(text: string): number {
  if (/^[ -~]*$/.test(text)) {
    return text.length;
  }
  let columns = 0;
  for (const { segment } of letters.segment(text)) {
    columns += widthOf(segment);
  }
  return columns;
}

/** The beginning of a text that has room in so many columns, with a sign where something was left out. */
export function cut(text: string, room: number): string {
  if (width(text) <= room) {
    return text;
  }
  let kept = '';
  let columns = 0;
  for (const { segment } of letters.segment(text)) {
    columns += widthOf(segment);
    if (columns >= room) {
      break;
    }
    kept += segment;
  }
  return `${kept}…`;
}

/** Lines of a text that are broken between words. A word that has no room in one is left whole. */
export function wrapped(text: string, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && width(line) + 1 + width(word) > room) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

function widthOf(letter: string): number {
  return WIDE.test(letter) ? 2 : 1;
}
