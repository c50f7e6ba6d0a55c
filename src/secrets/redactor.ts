/** Takes secrets out of what is going to be written. */
import { findNamed, isSecret, type Mode, nameKind } from './names.js';
import { findRandomText } from './randomtext.js';
import { type Finding, findings, findShape, harmless, rules } from './rules.js';
import { isSuspicious } from './suspicion.js';

/** What stands where nothing could be checked. */
export const UNCHECKED = '[withheld: unchecked]';

/** How many secrets of one kind were withheld. */
export interface ICount {
  kind: string;
  count: number;
}

/** A text without its secrets; `withheld` is absent where it had none. */
export interface ISafeText {
  text: string;
  withheld?: ICount[];
}

/** What holds nothing of the user's text, or is checked where it is made. */
const STRUCTURE = new Set(
  (
    'cell commit count diff duration event n number opened origin packages parent run session ' +
    'sha256 size source_blob status time withheld'
  ).split(' ')
);
const BEFOREHAND = new Set(
  'cell_start compiled outputs random random_state usage variables'.split(' ')
);
const FREE_TEXT = new Set('cell_end note param tag warning'.split(' '));

const SETTINGS = /\.(?:cfg|conf|env|ini|npmrc|properties|pypirc|sh|toml|yaml|yml)"?$/;
/** Cells of a shell, in notebooks of Python; a difference may quote one. */
const SETTINGS_CELL =
  /^\s*%%(?:!|(?:bash|sh|script|cmd|sx|system)\b|(?:writefile|file)\s(?![^\n]{0,256}\.py\s))/;
const PIECE = 1 << 16;

/**
 * Replaces secrets by `[withheld: kind]`.
 *
 * #### Notes
 * Nothing here throws: what cannot be checked is withheld whole.
 */
export class Redactor {
  /** Which of the user's own patterns are none, in sentences, until somebody takes them. */
  problems: string[] = [];

  /** Takes these patterns of the user's, regular expressions, in place of those before. */
  use(patterns: readonly string[]): void {
    if (patterns.join('\n') === this._patterns) {
      return;
    }
    this._patterns = patterns.join('\n');
    this._own = [];
    for (const pattern of patterns) {
      try {
        this._own.push(new RegExp(pattern, 'dg'));
      } catch (error) {
        this.problems.push(
          `The pattern ${JSON.stringify(pattern)} of the setting redact is no regular expression ` +
            `(${String(error)}), so nothing is withheld by it: correct it.`
        );
      }
    }
  }

  /** The source of a cell, or what the kernel made of it. */
  source(text: string): ISafeText {
    try {
      if (this._own.length === 0 && !isSuspicious(text)) {
        return { text };
      }
      const counts = new Map<string, number>();
      const mode = SETTINGS_CELL.test(text) ? 'settings' : 'code';
      return said(this._text(text, mode, true, counts), counts);
    } catch {
      // A comment, so that what is made of the source can be run.
      return { text: `// ${UNCHECKED}\n`, withheld: [{ kind: 'unchecked', count: 1 }] };
    }
  }

  /** A difference as git writes it, or an untracked text file; null when it could not be checked. */
  diff(data: string): { text: string | null; withheld?: ICount[] } {
    const counts = new Map<string, number>();
    try {
      const safe = pieces(data)
        .map(([piece, mode]) => (mode === null ? piece : this._text(piece, mode, true, counts)))
        .join('');
      return said(safe, counts);
    } catch {
      return { text: null, withheld: [{ kind: 'unchecked', count: 1 }] };
    }
  }

  /** Whether there is anything to withhold in a file, such as one of settings or of data. */
  finds(text: string): boolean {
    try {
      return this._find(text, 'settings', true).length > 0;
    } catch {
      return true;
    }
  }

  /** The fields of an event, with `withheld` when there was something to withhold. */
  event(
    event: string,
    fields: Readonly<Record<string, unknown>>
  ): Readonly<Record<string, unknown>> {
    if (BEFOREHAND.has(event)) {
      return fields;
    }
    const counts = new Map<string, number>();
    const safe: Record<string, unknown> = {};
    const random = FREE_TEXT.has(event);
    for (const [name, value] of Object.entries(fields)) {
      const isPlain = typeof value === 'number' || typeof value === 'boolean' || value === null;
      if (STRUCTURE.has(name) || (isPlain && name !== 'value')) {
        safe[name] = value;
        continue;
      }
      try {
        const key = name === 'value' ? fields['key'] : name;
        safe[name] = this._value(key, value, random, counts);
      } catch {
        safe[name] = UNCHECKED;
        add(counts, 'unchecked');
      }
    }
    return counts.size > 0 ? { ...safe, withheld: listed(counts) } : safe;
  }

  /** A value that has `key` as its name. */
  private _value(
    key: unknown,
    value: unknown,
    random: boolean,
    counts: Map<string, number>
  ): unknown {
    if (Array.isArray(value)) {
      return value.map(item => this._value(key, item, random, counts));
    }
    if (typeof value === 'object' && value !== null) {
      const items = Object.entries(value).map(([name, item]) => [
        name,
        this._value(name, item, random, counts)
      ]);
      return Object.fromEntries(items);
    }
    const kind = typeof key === 'string' ? nameKind(key.slice(-128)) : undefined;
    const isWithheld =
      kind !== undefined &&
      (typeof value === 'string'
        ? isSecret(value, kind[1])
        : Number.isInteger(value) && kind[0] === 'password' && kind[1]);
    if (isWithheld) {
      add(counts, kind[0]);
      return marker(kind[0]);
    }
    return typeof value === 'string' ? this._text(value, 'text', random, counts) : value;
  }

  private _text(text: string, mode: Mode, random: boolean, counts: Map<string, number>): string {
    const found = this._find(text, mode, random);
    if (found.length === 0) {
      return text;
    }
    // Of two that begin together the first counts: it was found by the more certain rule.
    found.sort((one, other) => one[0] - other[0]);
    const parts: string[] = [];
    let at = 0;
    for (const [start, end, kind] of found) {
      if (start < at) {
        // Within what another rule withheld already; what reaches beyond it goes too.
        at = Math.max(at, end);
        continue;
      }
      parts.push(text.slice(at, start), marker(kind), lines(text.slice(start, end)));
      add(counts, kind);
      at = end;
    }
    return parts.join('') + text.slice(at);
  }

  private _find(text: string, mode: Mode, random: boolean): Finding[] {
    const found = this._own.flatMap(pattern => [...findings(pattern, text, 'pattern')]);
    if (!isSuspicious(text)) {
      return found;
    }
    for (const shape of rules.shapes) {
      if (shape.words.some(word => text.includes(word))) {
        for (const finding of findShape(shape, text)) {
          if (!harmless(text.slice(finding[0], finding[1]))) {
            found.push(finding);
          }
        }
      }
    }
    found.push(...findNamed(text, mode));
    if (random) {
      found.push(...findRandomText(text, mode === 'code'));
    }
    return found;
  }

  private _own: RegExp[] = [];
  private _patterns = '';
}

/** The user's patterns: those of the setting, and of a variable (by lines, or else by commas). */
export function patternsOf(option: unknown, variable = ''): string[] {
  const given = Array.isArray(option) ? option.filter(one => typeof one === 'string') : [];
  const more = variable.split(variable.trim().includes('\n') ? '\n' : ',');
  return [...given, ...more].map(one => one.trim()).filter(Boolean);
}

/**
 * The files of a difference with the mode of each, large ones in pieces that end with a line. Binary
 * files come with null: they are packed, and nothing is found in them.
 */
function pieces(text: string): Array<[string, Mode | null]> {
  const starts = [0, ...[...text.matchAll(/^diff --git /gm)].map(match => match.index)];
  const found: Array<[string, Mode | null]> = [];
  for (const [index, start] of starts.entries()) {
    const file = text.slice(start, starts[index + 1] ?? text.length);
    const head = file.slice(0, 4096);
    if (head.includes('\nGIT binary patch\n') && !head.includes('\n@@ ')) {
      found.push([file, null]);
      continue;
    }
    const mode = SETTINGS.test(head.split('\n', 1)[0]) ? 'settings' : 'code';
    // A key spans many lines.
    const size = file.includes('PRIVATE KEY') ? file.length : PIECE;
    for (let at = 0; at < file.length;) {
      const stop = file.indexOf('\n', at + size) + 1 || file.length;
      found.push([file.slice(at, stop), mode]);
      at = stop;
    }
  }
  return found;
}

function add(counts: Map<string, number>, kind: string): void {
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
}

function marker(kind: string): string {
  return `[withheld: ${kind}]`;
}

/** The line ends of what was withheld from a string of many lines, so that lines keep their numbers. */
function lines(text: string): string {
  return /["']/.test(text) ? '' : '\n'.repeat(text.split('\n').length - 1);
}

function listed(counts: Map<string, number>): ICount[] {
  return [...counts]
    .map(([kind, count]) => ({ kind, count }))
    .sort((one, other) => (one.kind < other.kind ? -1 : 1));
}

function said(text: string, counts: Map<string, number>): ISafeText {
  return counts.size > 0 ? { text, withheld: listed(counts) } : { text };
}
