/** The statements of a cell: what each binds, changes, uses and calls, and whether it trains. */
import type { INode, ITree } from '../syntax/compiler.js';
import { type Kinds, kindsOf } from '../syntax/scopes.js';
import { fields, literal } from './literals.js';
import { vocabulary } from './vocabulary.js';
import {
  isEvaluating,
  isLikeTraining,
  isMeasured,
  isOfRounds,
  isResampled,
  type Plain,
  wordsOf
} from './wanted.js';

/** A call in a statement. */
export interface ICall {
  /** The last name of what is called. */
  readonly name: string;
  /** Whether it stands alone, and is none of an object. */
  readonly isPlain: boolean;
  readonly isLooped: boolean;
  /** Whether it makes an object of a class. */
  readonly isNew?: boolean;
  /** The name before its own: `layers` of `tf.layers.dense`. */
  readonly owner?: string;
  /** Literals among its arguments, by place. */
  readonly places: ReadonlyMap<number, Plain>;
  /** Literals in objects among its arguments. */
  readonly named: ReadonlyArray<readonly [string, Plain]>;
}

/** One statement at the top of a cell. */
export interface IStatement {
  readonly binds: Set<string>;
  /** Names whose content it may change. */
  readonly changes: Set<string>;
  readonly uses: Set<string>;
  readonly calls: ICall[];
  /** Names that it binds to what is written out. */
  readonly literals: Map<string, Plain>;
  /** What objects that it binds hold, written out. */
  readonly configs: Map<string, ReadonlyArray<readonly [string, Plain]>>;
  /** Literal numbers of rounds of loops that move a value. */
  readonly rounds: Map<string, number>;
  /** What loops try one after the other: `for (const lr of [0.1, 0.01])`. */
  readonly sweeps: Map<string, readonly Plain[]>;
  /** Names that it counts up or down. */
  readonly counts: Set<string>;
  /** Parameters with their defaults, where it defines functions. */
  readonly functions: Map<string, ReadonlyArray<readonly [string, Plain | undefined]>>;
  /** Whether it moves a value by a product, at all and within a loop. */
  updates: boolean;
  trains: boolean;
  /** Whether it evaluates something, by the name of what it calls. */
  measures: boolean;
  /** Whether it binds a name of a metric to what it computes. */
  results: boolean;
}

const COMPARED = ['LessThanToken', 'LessThanEqualsToken'];
const WEIGHTS = /loss|err|cost|total|sum|acc|count|correct|num|time|reward|return/i;

/** Reads the JavaScript of a cell. */
export function readStatements(tree: ITree): IStatement[] {
  const kinds = kindsOf(tree.ts);
  return (tree.file.statements ?? []).map(one => new StatementReader(kinds).read(one));
}

/** The language's own: what they are called with is no setting, and the compiler calls some itself. */
const LANGUAGE = new Set(
  'Object Array Reflect JSON Math Number String Date Promise Symbol BigInt Intl Atomics'.split(' ')
);

class StatementReader {
  constructor(private readonly _kinds: Kinds) {}

  read(statement: INode): IStatement {
    const isHelper = /^__\w+$/.test(
      statement.declarationList?.declarations?.at(0)?.name?.text ?? ''
    );
    if (!isHelper) {
      this._visit(statement, false);
    }
    return this._found;
  }

  private _visit(node: INode, isLooped: boolean): void {
    const kinds = this._kinds;
    const found = this._found;
    let isLoop = isLooped;
    if (kinds.isLoop(node) || this._isIteration(node)) {
      isLoop = true;
    }
    if (kinds.is(node, 'VariableDeclaration')) {
      kinds.names(node.name, found.binds);
      if (!this._counters.has(node)) {
        this._bind(node.name?.text, node.initializer);
      }
    } else if (kinds.isFunction(node) || kinds.isClass(node)) {
      this._define(node.name?.text, node);
    } else if (kinds.is(node, 'BinaryExpression')) {
      this._assign(node, isLooped);
    } else if (kinds.is(node, 'CallExpression') || kinds.is(node, 'NewExpression')) {
      this._call(node, isLooped);
    } else if (
      kinds.is(node, 'PostfixUnaryExpression') ||
      kinds.is(node, 'PrefixUnaryExpression')
    ) {
      this._count(node);
    } else if (kinds.is(node, 'ForOfStatement')) {
      this._try(node);
    } else if (kinds.is(node, 'PropertyAccessExpression')) {
      this._use(this._root(node));
    } else if (kinds.is(node, 'Identifier')) {
      this._use(node.text);
    }
    if (kinds.is(node, 'ForStatement')) {
      // What a loop begins to count with is no setting.
      node.initializer?.declarations?.forEach(one => this._counters.add(one));
    }
    kinds.ts.forEachChild(node, child => this._visit(child, isLoop));
    if (isLoop && !isLooped) {
      this._rounds(node);
    }
  }

  private _use(name: string | undefined): void {
    if (name !== undefined && name !== 'exports') {
      this._found.uses.add(name);
    }
  }

  private _bind(name: string | undefined, value: INode | undefined): void {
    if (name === undefined || value === undefined) {
      return;
    }
    const written = literal(value, this._kinds);
    if (written !== undefined) {
      this._found.literals.set(name, written);
      return;
    }
    if (isMeasured(name) && !this._kinds.isMade(value)) {
      this._found.results = true;
    }
    if (this._kinds.is(value, 'ObjectLiteralExpression')) {
      this._found.configs.set(name, fields(value, this._kinds));
    } else if (this._kinds.isMade(value)) {
      this._define(name, value);
    }
  }

  private _count({ operator, operand }: INode): void {
    const name = this._nameOf(operand);
    const isCounting = ['PlusPlusToken', 'MinusMinusToken'].some(
      token => operator === this._kinds.number(token)
    );
    if (isCounting && name !== undefined) {
      this._found.counts.add(name);
    }
  }

  /** `for (const lr of [0.1, 0.01])` tries both. */
  private _try({ initializer, expression }: INode): void {
    const name = initializer?.declarations?.at(0)?.name?.text;
    const values = literal(expression, this._kinds);
    if (name !== undefined && Array.isArray(values) && values.length > 1) {
      this._found.sweeps.set(name, values as readonly Plain[]);
    }
  }

  private _define(name: string | undefined, node: INode): void {
    if (name === undefined) {
      return;
    }
    const kinds = this._kinds;
    if (this._kinds.is(node, 'FunctionDeclaration') || this._kinds.is(node, 'ClassDeclaration')) {
      this._found.binds.add(name);
    }
    const maker = kinds.isClass(node)
      ? node.members?.find(one => kinds.is(one, 'Constructor'))
      : node;
    const parameters = (maker?.parameters ?? []).flatMap(
      (parameter): Array<readonly [string, Plain | undefined]> => {
        const pattern = parameter.name?.elements;
        return pattern === undefined
          ? [[parameter.name?.text ?? '', literal(parameter.initializer, this._kinds)]]
          : pattern.map(one => [one.name?.text ?? '', literal(one.initializer, this._kinds)]);
      }
    );
    this._found.functions.set(name, parameters);
  }

  private _assign(node: INode, isLooped: boolean): void {
    const operator = node.operatorToken?.kind ?? -1;
    if (
      operator < this._kinds.number('FirstAssignment') ||
      operator > this._kinds.number('LastAssignment')
    ) {
      return;
    }
    const root = this._root(node.left);
    const isName = this._nameOf(node.left) !== undefined;
    if (root !== undefined) {
      (isName ? this._found.binds : this._found.changes).add(root);
      const isMade = isName && operator === this._kinds.number('EqualsToken');
      if (isMade && this._nameOf(node.right) !== root) {
        this._bind(root, node.right);
      }
    }
    const isSum =
      operator === this._kinds.number('MinusEqualsToken') ||
      operator === this._kinds.number('PlusEqualsToken')
        ? this._has(node.right, 'AsteriskToken')
        : this._moves(node.right, root);
    const field = this._lastOf(node.left) ?? root;
    if (isSum && field !== undefined && !WEIGHTS.test(field)) {
      this._found.updates = true;
      this._found.trains ||= isLooped;
    }
  }

  /** `w = w - rate * gradient`: a sum of the old value and a product. */
  private _moves(value: INode | undefined, root: string | undefined): boolean {
    const isSum = this._has(value, 'MinusToken') || this._has(value, 'PlusToken');
    return (
      isSum && root !== undefined && this._has(value, 'AsteriskToken') && this._names(value, root)
    );
  }

  private _call(node: INode, isLooped: boolean): void {
    const kinds = this._kinds;
    const called = node.expression;
    const name = this._nameOf(called) ?? called?.name?.text;
    if (name === undefined) {
      return;
    }
    const isPlain = this._nameOf(called) !== undefined;
    if (!isPlain) {
      const root = this._root(called);
      if (root !== undefined) {
        this._found.changes.add(root);
      }
    }
    this._found.trains ||= name === 'from' && this._resamples(node);
    if (LANGUAGE.has(called?.expression?.text ?? '')) {
      return;
    }
    const places = new Map<number, Plain>();
    const named: Array<readonly [string, Plain]> = [];
    for (const [index, argument] of (node.arguments ?? []).entries()) {
      const value = literal(argument, kinds);
      if (value !== undefined) {
        places.set(index, value);
      } else if (kinds.is(argument, 'ObjectLiteralExpression')) {
        named.push(...fields(argument, kinds));
      }
    }
    const isNew = kinds.is(node, 'NewExpression');
    const owner = isPlain ? undefined : this._lastOf(called?.expression);
    this._found.calls.push({ name, isPlain, isLooped, isNew, owner, places, named });
    const isTraining = isPlain
      ? isLikeTraining(name)
      : name === 'train' && (node.arguments?.length ?? 0) > 0;
    this._found.measures ||= isEvaluating(name);
    // A function `step` is that of a world, or one that says itself whether it trains.
    const isNamed = vocabulary.training.has(name) && !(isPlain && name === 'step');
    if (isNamed || isTraining) {
      this._found.trains = true;
    }
  }

  /** `for (let epoch = 0; epoch < 200; epoch++)` has a param that has no name. */
  private _rounds({ condition, expression, initializer }: INode): void {
    for (const { left, right } of this._comparisons(condition ?? expression)) {
      const limit = this._nameOf(right) ?? this._lastOf(right);
      if (limit !== undefined && [this._nameOf(left) ?? '', limit].some(isOfRounds)) {
        // A simulation, or a method that moves nothing by a product: `generation < generations`.
        this._found.trains = true;
      }
    }
    const count = literal(condition?.right, this._kinds);
    const counter = initializer?.declarations?.at(0)?.name?.text;
    if (typeof count === 'number' && count > 1 && counter !== undefined && this._found.trains) {
      const word = wordsOf(counter).find(one => vocabulary.rounds.has(one));
      const key = word === undefined ? 'iterations' : word.endsWith('s') ? word : `${word}s`;
      if (!this._found.rounds.has(key)) {
        this._found.rounds.set(key, count);
      }
    }
  }

  /** The comparisons in the condition of a loop: `generation < generations && best < 1` has two. */
  private _comparisons(node: INode | undefined): INode[] {
    if (this._kinds.is(node, 'ParenthesizedExpression')) {
      return this._comparisons(node.expression);
    }
    const operator = node?.operatorToken;
    if (COMPARED.some(name => this._kinds.is(operator, name))) {
      return node === undefined ? [] : [node];
    }
    const isBoth = this._kinds.is(operator, 'AmpersandAmpersandToken');
    return isBoth ? [node?.left, node?.right].flatMap(one => this._comparisons(one)) : [];
  }

  /** `Array.from({ length: nBoot }, () => mean(resample(xs)))` goes through as many rounds. */
  private _resamples({ arguments: [made, each] = [] }: INode): boolean {
    const kinds = this._kinds;
    const length = made?.properties?.find(({ name }) => name?.text === 'length')?.initializer;
    const limit = this._nameOf(length) ?? this._lastOf(length) ?? '';
    let isCalling = false;
    const search = (one: INode): void => {
      isCalling ||= kinds.is(one, 'CallExpression');
      kinds.ts.forEachChild(one, search);
    };
    if (isResampled(limit) && kinds.isMade(each)) {
      search(each);
    }
    return isCalling;
  }

  /** `rows.forEach(row => …)` goes round as a loop does. */
  private _isIteration(node: INode): boolean {
    return this._kinds.is(node, 'CallExpression') && node.expression?.name?.text === 'forEach';
  }

  /** The name in `loss` and in `exports.loss`. */
  private _nameOf(node: INode | undefined): string | undefined {
    if (this._kinds.is(node, 'PropertyAccessExpression')) {
      return node.expression?.text === 'exports' ? node.name?.text : undefined;
    }
    return this._kinds.is(node, 'Identifier') ? node.text : undefined;
  }

  /** The name that a path of properties and indexes begins with. */
  private _root(node: INode | undefined): string | undefined {
    let at = node;
    while (at !== undefined && this._nameOf(at) === undefined) {
      at = at.expression;
    }
    return this._nameOf(at);
  }

  private _lastOf(node: INode | undefined): string | undefined {
    const isPath = this._kinds.is(node, 'PropertyAccessExpression');
    return isPath ? node.name?.text : undefined;
  }

  private _has(node: INode | undefined, operator: string): boolean {
    let isFound = false;
    const search = (one: INode): void => {
      isFound ||= this._kinds.is(one.operatorToken, operator);
      if (!isFound) {
        this._kinds.ts.forEachChild(one, search);
      }
    };
    if (node !== undefined) {
      search(node);
    }
    return isFound;
  }

  private _names(node: INode | undefined, root: string): boolean {
    let isFound = false;
    const search = (one: INode): void => {
      isFound ||= this._nameOf(one) === root;
      if (!isFound) {
        this._kinds.ts.forEachChild(one, search);
      }
    };
    if (node !== undefined) {
      search(node);
    }
    return isFound;
  }

  /** What loops begin to count with. */
  private readonly _counters = new Set<INode>();
  private readonly _found: IStatement = {
    binds: new Set(),
    changes: new Set(),
    uses: new Set(),
    calls: [],
    literals: new Map(),
    configs: new Map(),
    rounds: new Map(),
    functions: new Map(),
    sweeps: new Map(),
    counts: new Set(),
    updates: false,
    trains: false,
    measures: false,
    results: false
  };
}
