/**
 * The lexical structure of a notebook cell: which lines are IPython's and which are Python's.
 *
 * A `%` or `!` is a magic only where a logical line of Python begins, or directly after the first
 * assignment of one; inside a string, a bracket or a continued line it is an ordinary character. A
 * parser of Python cannot tell, since the text is not Python yet, so this reads tokens only.
 */

/** A line that IPython handles before Python sees it. */
export interface ISpecialLine {
  /** Offset of the first character of its first line. */
  readonly start: number;
  /** Offset behind its last character, without the line ending. */
  readonly end: number;
  /** Whitespace in front of it. */
  readonly indent: string;
  /** What the value is assigned to, `x = ` with its operator, or empty. */
  readonly target: string;
  /** `%`, `!`, `!!`, `?` (help, wherever it was written), or one of IPython's calls `,` `;` `/`. */
  readonly escape: '%' | '!' | '!!' | '?' | ',' | ';' | '/';
  /** What follows the escape, continued lines joined. */
  readonly text: string;
}

/** What {@link scan} finds. */
export interface IScan {
  readonly specials: ReadonlyArray<ISpecialLine>;
  /** Offsets at which a line begins inside a string: to indent it would change the string. */
  readonly insideString: ReadonlySet<number>;
  /** Offsets at which a logical line begins, special lines included; a comment is none. */
  readonly logical: ReadonlyArray<number>;
}

/** An open string, replacement field of an f-string, or bracket. */
interface IOpen {
  readonly kind: 'string' | 'field' | 'spec' | 'bracket';
  /** The quotes that end a string. */
  readonly quotes: string;
  readonly formatted: boolean;
}

const prefixed = /(?<![\p{L}\p{N}_])([rRbBuUfFtT]{0,3})('''|"""|'|")/uy;
const escapes = /(!!|[%!?,;/])/y;
/** Reads a cell. Never throws: text that is no Python gives what can be told. */
export function scan(source: string): IScan {
  const specials: ISpecialLine[] = [];
  const insideString = new Set<number>();
  const logical: number[] = [];
  const open: IOpen[] = [];
  let at = 0;

  while (at < source.length) {
    const start = at;
    while (
      at < source.length &&
      (source[at] === ' ' || source[at] === '\t' || source[at] === '\f')
    ) {
      at++;
    }
    if (at === source.length) {
      break;
    }
    if (lineBreak(source, at)) {
      at += lineBreak(source, at);
      continue;
    }
    if (source[at] === '#') {
      at = endOfLine(source, at);
      at += lineBreak(source, at);
      continue;
    }
    logical.push(start);
    const special = specialAt(source, start, at);
    if (special) {
      specials.push(special);
      at = special.end + lineBreak(source, special.end);
      continue;
    }
    at = pythonLine(source, start, at, open, specials, insideString);
  }
  return { specials, insideString, logical };
}

/** Length of the line ending at an offset: 0, 1 or 2. */
export function lineBreak(source: string, at: number): number {
  if (source[at] === '\r') {
    return source[at + 1] === '\n' ? 2 : 1;
  }
  return source[at] === '\n' ? 1 : 0;
}

function endOfLine(source: string, at: number): number {
  while (at < source.length && !lineBreak(source, at)) {
    at++;
  }
  return at;
}

/** The rest of a line whose continuations are joined as IPython joins them, and where it ends. */
function joined(source: string, at: number): { text: string; end: number } {
  const parts: string[] = [];
  for (;;) {
    const end = endOfLine(source, at);
    const line = source.slice(at, end);
    const next = end + lineBreak(source, end);
    if (!line.endsWith('\\') || next === end || next >= source.length) {
      parts.push(line);
      return { text: parts.join(' '), end };
    }
    parts.push(line.slice(0, -1));
    at = next;
  }
}

function specialAt(source: string, start: number, at: number): ISpecialLine | undefined {
  const indent = source.slice(start, at);
  escapes.lastIndex = at;
  const found = escapes.exec(source);
  if (!found) {
    return undefined;
  }
  const escape = found[1] as ISpecialLine['escape'];
  const { text, end } = joined(source, at + escape.length);
  return { start, end, indent, target: '', escape, text };
}

/**
 * Passes over one logical line of Python and returns the offset behind its line ending. A magic that
 * is assigned ends the line and is added to `specials`.
 */
function pythonLine(
  source: string,
  start: number,
  at: number,
  open: IOpen[],
  specials: ISpecialLine[],
  insideString: Set<number>
): number {
  const first = at;
  let assigned = false;
  open.length = 0;
  while (at < source.length) {
    const top = open.at(-1);
    const character = source[at];
    const newline = lineBreak(source, at);

    if (top?.kind === 'string' || top?.kind === 'spec') {
      if (character === '\\' && top.kind === 'string') {
        const skipped = lineBreak(source, at + 1);
        at += 1 + Math.max(1, skipped);
        if (skipped) {
          insideString.add(at);
        }
      } else if (newline) {
        at += newline;
        if (top.quotes.length === 1) {
          return at;
        }
        insideString.add(at);
      } else if (source.startsWith(top.quotes, at)) {
        at += top.quotes.length;
        // A quote ends the string whose format it stands in.
        open.length = open.findLastIndex(({ kind }) => kind === 'string');
      } else if (
        top.formatted &&
        character === '{' &&
        source[at + 1] === '{' &&
        top.kind === 'string'
      ) {
        at += 2;
      } else if (top.formatted && character === '{') {
        open.push({ kind: 'field', quotes: top.quotes, formatted: true });
        at++;
      } else if (top.kind === 'spec' && character === '}') {
        open.pop();
        open.pop();
        at++;
      } else {
        at++;
      }
      continue;
    }

    if (newline) {
      at += newline;
      if (!top) {
        return at;
      }
      if (top.kind === 'field' || open.some(({ kind }) => kind === 'string')) {
        insideString.add(at);
      }
      continue;
    }
    if (character === '\\' && lineBreak(source, at + 1)) {
      at += 1 + lineBreak(source, at + 1);
      continue;
    }
    if (character === '#') {
      at = endOfLine(source, at);
      continue;
    }
    prefixed.lastIndex = at;
    const string = prefixed.exec(source);
    if (string) {
      open.push({
        kind: 'string',
        quotes: string[2],
        formatted: /[ftFT]/.test(string[1])
      });
      at += string[0].length;
    } else if (character === '(' || character === '[' || character === '{') {
      open.push({ kind: 'bracket', quotes: '', formatted: false });
      at++;
    } else if (character === ')' || character === ']' || character === '}') {
      open.pop();
      at++;
    } else if (character === ':' && top?.kind === 'field') {
      open.push({ kind: 'spec', quotes: top.quotes, formatted: true });
      at++;
    } else if (character === '?' && asksForHelp(source, at)) {
      // Whatever the logical line began with, IPython answers the question alone.
      const end = endOfLine(source, at);
      const text = source.slice(first, end).trimEnd();
      const indent = source.slice(start, first);
      specials.push({ start, end, indent, target: '', escape: '?', text });
      return end + lineBreak(source, end);
    } else if (character === '=' && !top && !assigned && isAssignment(source, at)) {
      assigned = true;
      at++;
      const value = /^[ \t]*(%|!)/.exec(source.slice(at, endOfLine(source, at)));
      if (value) {
        const behind = at + value[0].length;
        const { text, end } = joined(source, behind);
        specials.push({
          start,
          end,
          indent: source.slice(start, first),
          target: source.slice(first, behind - 1),
          escape: value[1] as '%' | '!',
          text
        });
        return end + lineBreak(source, end);
      }
    } else {
      at++;
    }
  }
  return at;
}

/** Whether the `?` at an offset ends its line. */
function asksForHelp(source: string, at: number): boolean {
  return /^\?\??\s*$/.test(source.slice(at, endOfLine(source, at)));
}

/** Whether the `=` at an offset assigns, and neither compares, augments nor names an argument. */
function isAssignment(source: string, at: number): boolean {
  return source[at + 1] !== '=' && !'=!<>+-*/%&|^@:~'.includes(source[at - 1] ?? ' ');
}
