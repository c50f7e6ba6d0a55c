/** A printed line, taken apart into its numbers and the text between them. */

/** Characters; no metric was ever printed on a longer line. */
export const LONGEST = 1000;

// eslint-disable-next-line no-control-regex
const SIGNS = /\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07/g;
const WRAPPED =
  /\b(?:tf\.Tensor|tensor|Variable|(?:np\.|numpy\.)?(?:float|int|uint)(?:8|16|32|64)|(?:np\.)?array|Array|mx\.\w+)\(\s*([^\s,()[\]]+)\s*(?:,[^()]*(?:\([^()]*\)[^()]*)?)?\)/g;
/** A key of an object that is printed, in which there are digits: `{ 'k=3': 0.9 }`. */
const KEY = /(['"])((?:(?!\1)[^\n])*\d(?:(?!\1)[^\n])*)\1(?=\s*:\s)/g;
/** `3.2 × 10^-4` and `10⁻⁴`, as people write exponents. */
const POWER =
  /(?<![\w.^])(?:(\d+(?:\.\d+)?) ?[×·x*] ?)?10(?:(?:\^|\*\*)[({]?([-−+]?\d{1,3})[)}]?|([⁻⁺]?[⁰¹²³⁴-⁹]{1,3}))(?![\w.])/g;
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const PERHAPS_POWER = /10(?:\^|\*\*|[⁻⁺⁰¹²³⁴-⁹])/;
const PERHAPS_KEY = /['"]\s*:\s/;
const NO_WORD = /[^A-Za-z0-9]+/g;
/** The class and the size that Node puts before what is in a value: `Map(2) {`, `Float32Array(3) [`. */
const SIZED = /\b[A-Z]\w*\(\d+\) (?=[[{])/g;
const MOMENTS =
  /\b\d{4}[-/]\d\d?[-/]\d\d?(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?|\b\d{1,3}:\d\d:\d\d(?:[.,]\d+)?|\b\d{1,2}:\d\d(?![.\d])|\b\d{1,2}\/\d{1,2}\/\d{4}\b/g;
const PERHAPS_MOMENT = /\d[:/-]\d/;
const NUMBER =
  /(?<![\w.@^\\])(?<!\w-)(?:[-+]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?!\w|\.\d|\.\w)|(?<![^\s:=([|,])[-+]?(?:[nN]a[nN]|[iI]nf(?:inity)?|NAN|INF)(?![\w.]))/g;

/** The line as it stands on the screen at last, with numbers in `tensor(…)` and the like laid bare. */
export function clean(line: string): string {
  let text = line.includes('\x1b') ? line.replace(SIGNS, '') : line;
  if (text.includes('\r')) {
    text = text.split('\r').findLast(part => part.trim() !== '') ?? '';
  }
  text = text.replaceAll('\b', '');
  if (text.includes('(')) {
    text = text.replace(SIZED, '').replace(WRAPPED, '$1');
  }
  if (PERHAPS_KEY.test(text)) {
    // The digits are no number: they belong to the name.
    text = text.replace(KEY, (_, _quote, key: string) => key.replace(NO_WORD, '_'));
  }
  if (PERHAPS_POWER.test(text)) {
    text = text.replace(POWER, (_, by = '1', plain?: string, raised: string = '') => {
      const exponent = plain?.replace('−', '-') ?? lowered(raised);
      return `${by}e${exponent}`;
    });
  }
  // The rules of `console.table`.
  text = text.replaceAll('\u2502', '|');
  return PERHAPS_MOMENT.test(text) ? text.replace(MOMENTS, ' ') : text;
}

/** A number that stands raised. */
function lowered(raised: string): string {
  return Array.from(raised, sign =>
    sign === '⁻' ? '-' : sign === '⁺' ? '+' : String(RAISED.indexOf(sign))
  ).join('');
}

/** The texts around the numbers, one more than there are numbers, and the numbers. */
export function split(line: string): [texts: string[], numbers: string[]] {
  const texts: string[] = [];
  const numbers: string[] = [];
  let end = 0;
  for (const { 0: number, index } of line.matchAll(NUMBER)) {
    texts.push(line.slice(end, index));
    numbers.push(number);
    end = index + number.length;
  }
  texts.push(line.slice(end));
  return [texts, numbers];
}

/** Where the numbers of {@link split} begin and end. */
export function spans(line: string): Array<[number, number]> {
  return [...line.matchAll(NUMBER)].map(({ 0: number, index }) => [index, index + number.length]);
}

/** The number that a text of {@link split} stands for. */
export function valueOf(number: string): number {
  const text = number.replaceAll(',', '').toLowerCase();
  if (text.includes('nan')) {
    return NaN;
  }
  return text.includes('inf') ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text);
}

/** The decimal places that were printed, fewer than 0 with an exponent; undefined for what has none. */
export function decimals(number: string): number | undefined {
  const [mantissa, exponent] = number.toLowerCase().split('e');
  if (mantissa.includes('n')) {
    return undefined;
  }
  const places = (mantissa.split('.')[1] ?? '').length;
  return exponent === undefined ? places : places - Number(exponent);
}
