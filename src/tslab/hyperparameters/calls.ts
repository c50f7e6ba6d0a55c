/** Params that stand in calls: literal arguments, and defaults of the notebook's own functions and classes. */
import type { IParamFound } from './found.js';
import type { ICall, IStatement } from './statements.js';
import { vocabulary } from './vocabulary.js';
import { isChoice, isLikeTraining, isTuned, isWanted, type Plain, wordsOf } from './wanted.js';

/** What a notebook calls the functions by which it gives others a turn. */
const WAITING = /^(?:sleep|delay|wait|pause)(?:For)?(?:Ms|Millis|Seconds)?$/i;
/** What lists are given is data. */
const LISTS = new Set(['push', 'unshift', 'splice', 'concat', 'fill', 'includes', 'indexOf']);
/** What draws numbers has no settings but those of the data that is made of them. */
const DRAWING =
  /^(?:rand(?:om)?(?:n|int|normal|uniform|gaussian|float)?|normal|gauss(?:ian)?|uniform|poisson|bernoulli|choice)$/i;
/** What the functions of a module take by place, by the name of the module and their own. */
const BY_PLACE: Readonly<Record<string, readonly string[]>> = {
  'train.sgd': ['learningRate'],
  'train.momentum': ['learningRate', 'momentum'],
  'train.adagrad': ['learningRate', 'initialAccumulatorValue'],
  'train.adadelta': ['learningRate', 'rho', 'epsilon'],
  'train.adam': ['learningRate', 'beta1', 'beta2', 'epsilon'],
  'train.adamax': ['learningRate', 'beta1', 'beta2', 'epsilon'],
  'train.rmsprop': ['learningRate', 'decay', 'momentum', 'epsilon']
};
const UNITS = 'dense.units';

/** The params of calls, taken statement by statement in the order in which these were executed. */
export class CallParams {
  /**
   * @param functions - the statements that define the notebook's own functions and classes.
   * @param trains - whether a call of one of them trains.
   */
  constructor(
    private readonly _found: Map<string, IParamFound>,
    private readonly _functions: ReadonlyMap<string, IStatement>,
    private readonly _trains: (call: ICall) => boolean
  ) {}

  /** Takes the calls of a statement. Of a cell that was executed again the last time counts. */
  take({ calls }: IStatement, execution: number): void {
    for (const call of calls) {
      const isShown =
        vocabulary.showingMethods.has(call.name) ||
        vocabulary.showing.has(call.name) ||
        LISTS.has(call.name) ||
        DRAWING.test(call.name) ||
        WAITING.test(call.name);
      const values = isShown ? [] : [...this._values(call)];
      if (call.owner === 'layers') {
        this._layer(call, values, execution);
      } else if (values.length > 0) {
        this._call(call, values, execution);
      }
    }
  }

  /** Writes what stands for a whole network. */
  finish(): void {
    for (const [key, { values }] of this._layers) {
      // The last one gives the output, whose size the data decides.
      const held = (key === UNITS ? values.slice(0, -1) : values).filter(one => one !== undefined);
      if (held.length > 0) {
        this._put(key, held.length === 1 ? held[0] : held);
      }
    }
  }

  private *_values(call: ICall): Generator<readonly [string, Plain]> {
    const { name, owner, places, named, isNew } = call;
    const byPlace =
      BY_PLACE[`${owner}.${name}`]?.map(one => [one, undefined] as const) ??
      this._functions.get(name)?.functions.get(name) ??
      [];
    const values = new Map<string, Plain>();
    for (const [index, [parameter, initial]] of byPlace.entries()) {
      const given = places.get(index) ?? initial;
      if (given !== undefined && parameter !== '') {
        values.set(parameter, given);
      }
    }
    for (const [key, value] of named) {
      values.set(key, value);
    }
    // A function that neither trains nor makes an object may make the data: `blob(2, 3, 40)`.
    const isOwn = this._functions.has(name) && isNew !== true;
    const mayBeOfData = isOwn && !this._trains(call) && !isLikeTraining(name);
    for (const [key, value] of values) {
      const last = key.split('.').at(-1) ?? '';
      if (mayBeOfData && !isTuned(last)) {
        continue;
      }
      if (isWanted(last, value, true) || (isNew === true && isChoice(last, value))) {
        yield [key, value];
      }
    }
  }

  /** Of what trains, or is of a library, a second call is told where it differs; else the last call counts. */
  private _call(
    call: ICall,
    values: ReadonlyArray<readonly [string, Plain]>,
    execution: number
  ): void {
    const { name } = call;
    const known = this._numbers.get(name);
    const isOwn = this._functions.has(name);
    const isAgain =
      known?.execution === execution && (!isOwn || (!call.isNew && this._trains(call)));
    const number = isAgain ? known.number + 1 : 1;
    this._numbers.set(name, { execution, number });
    for (const [key, value] of values) {
      const first = this._found.get(`${name}.${key}`)?.value;
      if (number === 1 || first === undefined) {
        this._put(`${name}.${key}`, value);
      } else if (JSON.stringify(first) !== JSON.stringify(value)) {
        this._put(`${name}[${number}].${key}`, value);
      }
    }
  }

  /** The sizes of the parts of a network stand together. */
  private _layer(
    { name, named }: ICall,
    wanted: ReadonlyArray<readonly [string, Plain]>,
    execution: number
  ): void {
    const values = new Map<string, Plain | undefined>(wanted);
    if (name === 'dense' && !named.some(([key]) => key === 'units')) {
      // One whose size is no literal is one all the same.
      values.set('units', undefined);
    }
    for (const [key, value] of values) {
      const place = name === 'dropout' && key === 'rate' ? name : `${name}.${key}`;
      const isOfData = key === 'inputShape' || key === 'inputDim' || key === 'batchInputShape';
      if (isOfData || vocabulary.ofLayers.has(wordsOf(key).join('_'))) {
        continue;
      }
      const known = this._layers.get(place);
      if (known?.execution === execution) {
        known.values.push(value);
      } else {
        this._layers.set(place, { execution, values: [value] });
      }
    }
  }

  private _put(key: string, value: Plain): void {
    this._found.set(key, { key, value, origin: 'call', name: undefined });
  }

  private readonly _layers = new Map<
    string,
    { readonly execution: number; readonly values: Array<Plain | undefined> }
  >();
  /** Which call of a name was the last one, and in which execution. */
  private readonly _numbers = new Map<string, { execution: number; number: number }>();
}
