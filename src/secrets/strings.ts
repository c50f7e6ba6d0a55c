/** Which parts of a text are in quotes, and which are words of a shell; looked at only when needed. */
export class Strings {
  constructor(readonly text: string) {}

  /** Whether a line is one of a shell, or of a magic: `!`, `%env`, `export`, `- run:` of CI. */
  inShell(at: number): boolean {
    const words = this._words(at);
    return SHELL.some(word => words.startsWith(word));
  }

  /** Whether `%env NAME value` may be meant. */
  afterEnv(at: number): boolean {
    const words = this._words(at);
    return ENV.some(word => words.startsWith(word));
  }

  /** Whether a place is within a string that this quote ends, as in `print("password:", x)`. */
  closedBy(at: number, quote: string): boolean {
    return this._around(at).includes(quote);
  }

  /** Whether a place in code is within a string, as far as can be told without parsing it. */
  inside(at: number): boolean {
    if (this._around(at).length > 0) {
      return true;
    }
    this._long ??= [...boundsOfLongStrings(this.text)];
    return this._long.filter(bound => bound <= at).length % 2 === 1;
  }

  /** The quotes that are open before a place in its line; escaped ones are a string in a string. */
  private _around(at: number): string[] {
    const line = this._line(at).replaceAll('"""', '').replaceAll("'''", '');
    const found: string[] = [];
    for (const quote of ['"', "'"]) {
      const escaped = line.split(`\\${quote}`).length - 1;
      if (escaped % 2 === 1) {
        found.push(`\\${quote}`);
      }
      if ((line.split(quote).length - 1 - escaped) % 2 === 1) {
        found.push(quote);
      }
    }
    return found;
  }

  /** The line of a place, up to it, and not farther than a screen or so back. */
  private _line(at: number): string {
    const first = Math.max(0, at - 1024);
    const before = this.text.slice(first, at);
    return before.slice(before.lastIndexOf('\n') + 1);
  }

  private _words(at: number): string {
    return this._line(at).replace(/^[+\- \t]+/, '');
  }

  private _long: number[] | undefined;
}

const SHELL = ['!', '%', 'export ', 'set ', 'setenv ', '$ ', 'ENV ', 'ARG '];
const ENV = ['%env ', '%set_env ', 'setenv ', 'ENV '];

/** Where strings in triple quotes begin and end, by turns. */
function* boundsOfLongStrings(text: string): Generator<number> {
  let opened = '';
  for (const match of text.matchAll(/"""|'''/g)) {
    if (opened === '' || match[0] === opened) {
      opened = opened === '' ? match[0] : '';
      yield match.index;
    }
  }
}
