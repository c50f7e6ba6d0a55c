/** Makes lines of the texts that a stream is given. */
const LONGEST = 4000;
/** What a line that is written over and over counts; of each count what it says last is kept. */
const COUNT =
  /\b(?:epoch|ep|iter|iteration|step|round|trial|episode|generation|gen|cycle|sweep|fold)\b\W{0,3}(\d+)/i;

/**
 * One stream. A carriage return begins a line anew, as a progress bar does; bars count by themselves, and so does
 * a line that names what it counts: `\rGeneration 3: fitness 0.4`.
 */
export class Lines {
  /** Takes a text, and gives the lines that it ends, without their ends. */
  *feed(text: string): Generator<string> {
    const ended = text.split('\n');
    const rest = ended.pop() ?? '';
    for (const line of ended) {
      const whole = this._rest + line;
      this._rest = '';
      yield* shown(whole);
    }
    this._rest += rest;
    if (this._rest.includes('\r') && this._rest.includes('%|')) {
      const bars = this._rest.split('\r');
      this._rest = bars.pop() ?? '';
      yield* bars.filter(bar => bar.includes('%|'));
    } else if (this._rest.includes('\r')) {
      const { over, left } = written(this._rest);
      yield* over;
      this._rest = left;
    }
    if (this._rest.length > LONGEST) {
      const isRedrawn = this._rest.includes('\r');
      this._rest = isRedrawn ? this._rest.slice(-LONGEST) : this._rest.slice(0, LONGEST);
    }
  }

  /** What stands there without an end, as the last text of a cell may. */
  *flush(): Generator<string> {
    const whole = this._rest;
    this._rest = '';
    yield* shown(whole);
  }

  private _rest = '';
}

function* shown(line: string): Generator<string> {
  if (line.includes('\r') && line.includes('%|')) {
    yield* line.split('\r').filter(bar => bar.trim() !== '');
  } else if (line.includes('\r')) {
    const { over, left } = written(line);
    yield* over;
    yield* left.trim() === '' ? [] : [left];
  } else if (line.trim() !== '') {
    yield line;
  }
}

/** What was written over by another count, and what is left. */
function written(text: string): { readonly over: readonly string[]; readonly left: string } {
  const parts = text.split('\r');
  const told = parts.filter((part, index) => part.trim() !== '' || index === parts.length - 1);
  const counts = told.map(part => COUNT.exec(part)?.[1]);
  const ends = [...told.keys()].filter(index => {
    const [own, next] = [counts[index], counts[index + 1]];
    return own !== undefined && next !== undefined && own !== next;
  });
  const left = ends.length > 0 ? told.slice(ends[ends.length - 1] + 1).join('\r') : text;
  return { over: ends.map(index => told[index]), left };
}
