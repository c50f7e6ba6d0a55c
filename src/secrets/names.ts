/** Values that stand beside a name such as `api_key`, in code, in settings and in the words of a shell. */
import { type Finding, harmless, rules } from './rules.js';
import { Strings } from './strings.js';

/** What a text is: source of a program, prose, or settings of a program or a shell. */
export type Mode = 'code' | 'text' | 'settings';

/** What a name is the name of, and whether that is sure. */
export type NameKind = readonly [kind: string, isSure: boolean];

/** Where a value begins and ends, and what kind of secret it is, if it is one. */
type Value = readonly [start: number, end: number, kind: string | undefined];

const LONGEST_NAME = 64;
const LONGEST_VALUE = 8192;
const MOST_PIECES = 64;

const WORDS = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g;
const NAME_END = /[A-Za-z0-9_.-]{0,64}/y;
const NAME_START = /[A-Za-z0-9_.-]*$/;

// From the end of a name to a value in quotes: = "…", ]: "…", : str = "…", == "…", = SecretStr("…", = ["…".
const TO_QUOTED =
  /(?:\\?["'])?\s{0,4}\]?\s{0,8}(?:(?::\s{0,8}[A-Za-z_][\w.[\], |]{0,60})?=(?!=)|===?|!==?|=>|:=|:)\s{0,8}(?:(?:str|bytes|Secret|SecretStr)\(\s{0,40})?([([]\s{0,40})?[rRbBfFuU]{0,2}("""|'''|\\?"|\\?'|`)/y;
const AS_ARGUMENT = /\\?["']\s{0,8},\s{0,40}[rRbBfFuU]{0,2}("""|'''|\\?"|\\?'|`)/y;
const CALL = /(?:get|getenv|default|putenv|setenv|set|param|tag|header|pop)\(\s{0,8}\\?["']$/i;
const NEXT = /\s{0,40}\+?\s{0,40}[rRbBfFuU]{0,2}("""|'''|\\?"|\\?'|`)/y;
const NEXT_OF_LIST = /\s{0,40},?\s{0,40}[rRbBfFuU]{0,2}("""|'''|\\?"|\\?'|`)/y;
const UP_TO: Record<string, RegExp> = {
  '"': /[^"\\\n]*(?:\\.[^"\\\n]*)*/y,
  "'": /[^'\\\n]*(?:\\.[^'\\\n]*)*/y,
  '`': /[^`\\]*(?:\\[\s\S][^`\\]*)*/y,
  '\\"': /[^"\\\n]*(?:\\[^"\n][^"\\\n]*)*/y,
  "\\'": /[^'\\\n]*(?:\\[^'\n][^'\\\n]*)*/y,
  '"""': /[^"\\]*(?:(?:\\[\s\S]|"(?!""))[^"\\]*)*/y,
  "'''": /[^'\\]*(?:(?:\\[\s\S]|'(?!''))[^'\\]*)*/y
};

const PLAIN = /=([^\s"'`;&,|()[\]{}<>\\]{3,512})/y;
/** What ends such a value; any other makes it an expression, as in password=passwords[1]. */
const ENDS = ' \t\r\n"\'`;&,)}\\';
const PLAIN_IN_SHELL = /(?:=\s{0,2}|(?<=[a-zA-Z]) {1,4})([^\s"'`;&|()<>=-][^\s"'`;&|()<>]{0,511})/y;
const PLAIN_IN_SETTINGS = /\s{0,8}[:=]\s{0,8}([^\s"'#,[\]{}][^\s"',]{0,511})/y;

const sure = byWords(rules.names.sure);
const likely = byWords(rules.names.likely);
const harmlessWords = new Set(rules.names.harmless);
const after = new Set(rules.names.after);
const kinds = new Map<string, NameKind | undefined>();

/** What a name is the name of; undefined when it names no secret. */
export function nameKind(name: string): NameKind | undefined {
  if (!kinds.has(name)) {
    if (kinds.size > 4096) {
      kinds.clear();
    }
    kinds.set(name, kindOf(name));
  }
  return kinds.get(name);
}

/** Whether a value is a secret, beside a name that names one. */
export function isSecret(value: string, isSure: boolean): boolean {
  if (value.length >= LONGEST_VALUE) {
    return isSure;
  }
  // The name of a variable: keyOf("OPENAI_API_KEY").
  if (harmless(value) || (isUpper(value) && namesOne(value))) {
    return false;
  }
  if (isSure) {
    return true;
  }
  if (value.length < 8 || value.length > 256 || /\s/.test(value)) {
    return false;
  }
  if (value.includes('://') || '/.<[{'.includes(value[0])) {
    return false;
  }
  const digits = (value.match(/[0-9]/g) ?? []).length;
  const isMixed = (/[a-z]/.test(value) && /[A-Z]/.test(value.slice(1))) || !/[a-z]/i.test(value);
  return (
    (digits >= 2 && digits < value.length) ||
    (isMixed && value.length >= 16 && /^[A-Za-z0-9]+$/.test(value))
  );
}

/** The values beside names of secrets. */
export function* findNamed(text: string, mode: Mode): Generator<Finding> {
  const lower = lowerCase(text);
  const strings = new Strings(text);
  for (const word of rules.names.words) {
    for (let at = lower.indexOf(word); at >= 0;) {
      let end = at + word.length;
      // Most are the beginning of a longer word, as in tokenizer; an s or another word may follow.
      if (!goesOn(text, end)) {
        const [start, last] = nameAround(text, at, end);
        end = last;
        for (const [first, stop, kind] of beside(strings, start, end, mode)) {
          // What is a value is not looked through for names: that would take squared time.
          end = stop;
          if (kind !== undefined) {
            yield [first, stop, kind];
          }
        }
      }
      at = lower.indexOf(word, end);
    }
  }
}

function* beside(strings: Strings, start: number, end: number, mode: Mode): Generator<Value> {
  const { text } = strings;
  const kind = nameKind(text.slice(start, end));
  if (kind === undefined) {
    return;
  }
  let quoted = matchAt(TO_QUOTED, text, end);
  const rest = quoted?.[1] ? NEXT_OF_LIST : NEXT;
  let quote = quoted?.[2];
  if (quoted === null) {
    quoted = matchAt(AS_ARGUMENT, text, end);
    if (quoted !== null && !CALL.test(text.slice(Math.max(0, start - 40), start))) {
      quoted = null;
    }
    quote = quoted?.[1];
  }
  const isQuoted = '"\'\\'.includes(text[end] ?? ' ');
  if (quoted !== null && quote && (isQuoted || !strings.closedBy(start, quote))) {
    yield* inQuotes(text, end + quoted[0].length, quote, kind, rest);
  } else {
    yield* withoutQuotes(strings, start, end, mode, kind);
  }
}

function* inQuotes(
  text: string,
  at: number,
  quote: string,
  [kind, isSure]: NameKind,
  rest: RegExp
): Generator<Value> {
  for (let piece = 0; piece < MOST_PIECES; piece++) {
    const part = matchAt(UP_TO[quote], text.slice(0, at + LONGEST_VALUE), at);
    const end = at + (part?.[0].length ?? 0);
    if (isSecret(text.slice(at, end), isSure)) {
      yield [at, end, kind];
    }
    if (!text.startsWith(quote, end)) {
      return;
    }
    const following = matchAt(rest, text, end + quote.length);
    if (following === null) {
      return;
    }
    at = end + quote.length + following[0].length;
    quote = following[1];
  }
}

function* withoutQuotes(
  strings: Strings,
  start: number,
  end: number,
  mode: Mode,
  [kind, isSure]: NameKind
): Generator<Value> {
  const { text } = strings;
  let pattern: RegExp;
  if (mode === 'settings') {
    pattern = PLAIN_IN_SETTINGS;
  } else if (strings.inShell(start)) {
    pattern = text.startsWith('-', start) || strings.afterEnv(start) ? PLAIN_IN_SHELL : PLAIN;
  } else if (mode === 'text' || strings.inside(start)) {
    pattern = PLAIN;
  } else {
    return;
  }
  const match = matchAt(pattern, text, end);
  if (match !== null) {
    const last = end + match[0].length;
    // password=password hands on what stands elsewhere.
    let secret = !namesOne(match[1]) && isSecret(match[1], isSure);
    if (pattern === PLAIN && match[1].length < 512) {
      secret &&= last === text.length || ENDS.includes(text[last]);
    }
    yield [last - match[1].length, last, secret ? kind : undefined];
  }
}

function kindOf(name: string): NameKind | undefined {
  const words = (name.match(WORDS) ?? []).map(word => word.toLowerCase());
  while (words.length > 0 && (after.has(words.at(-1)!) || /^[0-9]+$/.test(words.at(-1)!))) {
    words.pop();
  }
  for (const size of [3, 2, 1]) {
    const found = words.length >= size ? sure.get(words.slice(-size).join(' ')) : undefined;
    if (found !== undefined) {
      return [found, true];
    }
  }
  const last = words.at(-1) ?? '';
  const found = likely.get(last);
  if (found === undefined) {
    return undefined;
  }
  if (words.length > 1 && last === 'token') {
    if (harmlessWords.has(words.at(-2)!)) {
      return undefined;
    }
    // The names of environment variables: X_TOKEN.
    if (isUpper(name)) {
      return ['token', true];
    }
  }
  return [found, false];
}

/** Whether a value is itself no more than the name of a secret. */
function namesOne(value: string): boolean {
  return /^[A-Za-z_$]+$/.test(value) && nameKind(value) !== undefined;
}

function isUpper(text: string): boolean {
  return /[A-Z]/.test(text) && text === text.toUpperCase();
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function byWords(kindsOfNames: Record<string, string[]>): Map<string, string> {
  return new Map(
    Object.entries(kindsOfNames).flatMap(([kind, names]) =>
      names.map(words => [words, kind] as const)
    )
  );
}

/** Whether the word that ends at `end` is the beginning of a longer one. */
function goesOn(text: string, end: number): boolean {
  let following = text[end] ?? '';
  if (following === 's' || following === 'S') {
    following = text[end + 1] ?? '';
  }
  return /^\p{L}$/u.test(following) && isUpper(following) === isUpper(text[end - 1]);
}

/** The bounds of the name that a word of it stands in. */
function nameAround(text: string, start: number, end: number): [start: number, end: number] {
  const before = NAME_START.exec(text.slice(Math.max(0, start - LONGEST_NAME), start));
  const behind = matchAt(NAME_END, text, end);
  return [start - (before?.[0].length ?? 0), end + (behind?.[0].length ?? 0)];
}

/** In lower case, with every character where it was: some have lower cases that are longer. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replace(/[A-Z]/g, one => one.toLowerCase());
}
