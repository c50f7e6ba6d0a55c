/** Walks back from what trains, and collects the literals that flow into it. */
import { CallParams } from './calls.js';
import type { IParamFound } from './found.js';
import type { ICall, IStatement } from './statements.js';
import { vocabulary } from './vocabulary.js';
import { isTried, isWanted, type Plain, wordsOf } from './wanted.js';

/** What is known while params are collected. */
interface ICollecting {
  /** Names that the training depends on. */
  readonly needed: ReadonlySet<string>;
  /** Names that the training gives new values. */
  readonly grown: ReadonlySet<string>;
  readonly found: Map<string, IParamFound>;
  /** The object of settings that a key is of. */
  readonly owners: Map<string, string>;
}

/** What cells did before, in the order they were executed. */
export class History {
  /** Takes the statements of a cell that trains nothing. */
  take(statements: readonly IStatement[]): void {
    this._count += 1;
    for (const statement of statements) {
      this._executions.set(statement, this._count);
      const at = this._statements.push(statement) - 1;
      for (const name of new Set([...statement.binds, ...statement.changes])) {
        const places = this._places.get(name);
        if (places === undefined) {
          this._places.set(name, [at]);
        } else {
          places.push(at);
        }
      }
      for (const name of statement.functions.keys()) {
        this._functions.set(name, statement);
      }
    }
  }

  /** Whether a cell defined a function of this name that trains where it is called, in a loop or not. */
  trains(name: string, isLooped: boolean): boolean {
    if (!this._functions.has(name)) {
      return false;
    }
    const call = { name, isPlain: true, isLooped, places: new Map<number, Plain>(), named: [] };
    return this._trains(call, new Set());
  }

  /** Takes the statements of a cell that is about to run, and gives the params of what it trains. */
  params(statements: readonly IStatement[]): readonly IParamFound[] {
    const first = this._statements.length;
    this.take(statements);
    const at = (isOne: (statement: IStatement) => boolean): number[] =>
      statements.flatMap((statement, index) => (isOne(statement) ? [first + index] : []));
    const training = at(one => this._isTraining(one));
    this._hasTrained ||= training.length > 0;
    const found = [...training, ...at(one => this._isMeasuring(one))];
    return found.length > 0 ? this._collect(found, first) : [];
  }

  /** Whether a function of the notebook has this name. */
  knows(name: string): boolean {
    return this._functions.has(name);
  }

  /** Whether anything was trained yet. */
  get hasTrained(): boolean {
    return this._hasTrained;
  }

  /**
   * Whether a statement tells how good something is, itself or by a function of the notebook. Without any
   * training a name of a metric is a result where such a function gave it.
   */
  private _isMeasuring(statement: IStatement): boolean {
    if (this._isDefinition(statement)) {
      return false;
    }
    const isResult =
      statement.results &&
      (this._hasTrained || statement.calls.some(({ name }) => this._functions.has(name)));
    return statement.measures || isResult;
  }

  /** Whether a statement trains, itself or by a function of the notebook that it calls. */
  private _isTraining(statement: IStatement): boolean {
    // To define what trains is not to train.
    const defines =
      statement.functions.size > 0 && statement.calls.every(({ isPlain }) => !isPlain);
    if (statement.trains && !(defines && this._isDefinition(statement))) {
      return true;
    }
    return statement.calls.some(call => this._trains(call, new Set()));
  }

  private _isDefinition(statement: IStatement): boolean {
    return [...statement.functions.keys()].some(name => statement.binds.has(name));
  }

  private _trains(call: ICall, seen: Set<string>): boolean {
    const defined = seen.has(call.name) ? undefined : this._functions.get(call.name);
    seen.add(call.name);
    if (defined === undefined) {
      return false;
    }
    return (
      defined.trains ||
      (defined.updates && call.isLooped) ||
      defined.calls.some(inner =>
        this._trains({ ...inner, isLooped: inner.isLooped || call.isLooped }, seen)
      )
    );
  }

  private _collect(training: readonly number[], first: number): IParamFound[] {
    const found = new Map<string, IParamFound>();
    const owners = new Map<string, string>();
    const needed = new Set<string>();
    const last = Math.max(...training);
    const isUsed = new Uint8Array(last + 1);
    training.forEach(index => (isUsed[index] = 1));
    const need = (name: string, index: number): void => {
      if (!needed.has(name)) {
        needed.add(name);
        for (const at of this._places.get(name) ?? []) {
          if (at >= index) {
            break;
          }
          isUsed[at] = 1;
        }
      }
    };
    const used = new Set<IStatement>();
    for (let index = last; index >= 0; index--) {
      const statement = this._statements[index];
      // Of a cell that was executed again as it was, the last time says all that the earlier ones do.
      if (isUsed[index] === 1 && !used.has(statement)) {
        statement.uses.forEach(name => need(name, index));
        statement.calls.forEach(({ name }) => need(name, index));
        used.add(statement);
      }
    }
    const inOrder = [...used].reverse();
    const grown = new Set(
      inOrder.flatMap(one => [...(one.trains ? one.binds : []), ...one.counts])
    );
    const here = new Set(this._statements.slice(first));
    for (const statement of inOrder) {
      this._names(statement, here.has(statement), { needed, grown, found, owners });
    }
    const params = new CallParams(found, this._functions, call => this._trains(call, new Set()));
    for (const statement of inOrder) {
      params.take(statement, this._executions.get(statement) ?? 0);
    }
    params.finish();
    return [...found.values()];
  }

  private _names(
    statement: IStatement,
    isHere: boolean,
    { needed, grown, found, owners }: ICollecting
  ): void {
    const put = (key: string, value: Plain, origin: string, name?: string): void => {
      found.set(key, { key, value, origin, name });
    };
    for (const [name, value] of statement.literals) {
      const isDecaying = wordsOf(name).some(word => DECAYING.has(word));
      const isUsed = statement.trains || needed.has(name);
      if (isUsed && (!grown.has(name) || isDecaying) && isWanted(name, value, false)) {
        put(name, value, 'name', isHere ? undefined : name);
      }
    }
    for (const [name, fields] of statement.configs) {
      const isConfig = wordsOf(name).some(word => vocabulary.configurations.has(word));
      const wanted = fields.filter(([key, value]) =>
        isWanted(key.split('.').at(-1) ?? '', value, true)
      );
      if (needed.has(name) && (isConfig || wanted.length * 2 > fields.length)) {
        for (const [key, value] of wanted) {
          // Bound once more, the same settings are other values of the same params.
          const isFree = !found.has(key) || owners.get(key) === name;
          put(isFree ? key : `${name}.${key}`, value, 'config');
          if (isFree) {
            owners.set(key, name);
          }
        }
      }
    }
    for (const [name, values] of statement.sweeps) {
      if (isTried(name, values)) {
        put(name, values, 'name');
      }
    }
    for (const [key, count] of statement.rounds) {
      if (!found.has(key)) {
        put(key, count, 'call');
      }
    }
  }

  private _count = 0;
  /** Which execution a statement was in last. */
  private readonly _executions = new Map<IStatement, number>();
  private readonly _functions = new Map<string, IStatement>();
  private _hasTrained = false;
  /** Which statements bind or change a name, in their order. */
  private readonly _places = new Map<string, number[]>();
  private readonly _statements: IStatement[] = [];
}

/** Words of what a loop makes smaller, and what is kept with the value it began with. */
const DECAYING = new Set(['lr', 'rate', 'temperature', 'epsilon', 'eps', 'alpha', 'step']);
