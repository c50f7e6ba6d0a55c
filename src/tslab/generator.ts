/**
 * The generator behind the tracker's `Math.random`: xoshiro128** 1.1 (Blackman and Vigna 2018), its
 * state filled by splitmix32, two draws for 53 bits.
 */
export class Generator {
  /** @param seed - four words of 32 bits that are not all zero, or a number that they are made from. */
  constructor(seed: number | Uint32Array) {
    if (typeof seed === 'number') {
      this.seed(seed);
    } else {
      this.restore(seed);
    }
  }

  /** Begins anew from a number; the same number gives the same draws. */
  seed(seed: number): void {
    // All of a number counts, not only its last 32 bits.
    const bits = new Uint32Array(new Float64Array([seed]).buffer);
    let h = (bits[0] ^ Math.imul(bits[1], 0x9e3779b1)) | 0;
    const next = (): number => {
      h = (h + 0x9e3779b9) | 0;
      let z = h;
      z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
      z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
      return z ^ (z >>> 16);
    };
    this._a = next();
    this._b = next();
    this._c = next();
    this._d = next() | 1;
  }

  /** The state: four words. */
  get state(): Uint32Array {
    return Uint32Array.of(this._a, this._b, this._c, this._d);
  }

  /** Goes on from a state. */
  restore(state: Uint32Array): void {
    [this._a, this._b, this._c, this._d] = Array.from(state, word => word | 0);
  }

  /** Whether the state is this one. */
  isAt(state: Uint32Array): boolean {
    return (
      (state[0] | 0) === this._a &&
      (state[1] | 0) === this._b &&
      (state[2] | 0) === this._c &&
      (state[3] | 0) === this._d
    );
  }

  /** The next number, from 0 up to but not including 1. */
  random(): number {
    const high = this._next() >>> 5;
    return (high * 67108864 + (this._next() >>> 6)) / 9007199254740992;
  }

  private _next(): number {
    const five = Math.imul(this._b, 5);
    const result = Math.imul((five << 7) | (five >>> 25), 9);
    const shifted = this._b << 9;
    this._c ^= this._a;
    this._d ^= this._b;
    this._b ^= this._c;
    this._a ^= this._d;
    this._c ^= shifted;
    this._d = (this._d << 11) | (this._d >>> 21);
    return result;
  }

  private _a = 0;
  private _b = 0;
  private _c = 0;
  private _d = 1;
}
