/** Makes lines of the texts that a stream is given. */
const LONGEST = 4000;

/** One stream. A carriage return begins a line anew, as a progress bar does; bars count by themselves. */
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
  } else if (line.trim() !== '') {
    yield line;
  }
}
