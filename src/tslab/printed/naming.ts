/** What the quantity is called that an expression of a cell stands for. */
import { isMetric, normal } from '../names/words.js';
import { wordSet } from '../names/vocabulary.js';
import type { INode, ITree } from '../syntax/compiler.js';
import { type Kinds, kindsOf } from '../syntax/scopes.js';

/** What does not change which quantity it is: `loss.toFixed(3)`, `losses.at(-1)`, `sum.data`. */
const ASIDE = new Set([
  ...wordSet(
    'toFixed toPrecision toExponential toString toLocaleString padStart padEnd trim valueOf'
  ),
  ...wordSet('dataSync data arraySync array item squeeze asScalar at slice pop shift get values'),
  ...wordSet('value result reduce sum flat')
]);
/** The same of functions: `round(loss, 3)`, `Math.abs(error)`, `tf.mean(scores)`. */
const AROUND = new Set([
  ...wordSet('Number String parseFloat parseInt round floor ceil trunc fround abs float int'),
  ...wordSet('format fixed fmt mean average avg sum print')
]);
const SPREADS: Readonly<Record<string, string>> = {
  std: 'std',
  deviation: 'std',
  standardDeviation: 'std',
  variance: 'var',
  median: 'median'
};
const EXTREMES = new Set(['min', 'max']);
const BEST = new Set(['best', 'worst']);
const SIZES = new Set(['length', 'size', 'byteLength']);
const RIGHT = wordSet('correct n_correct num_correct correct_predictions');
/** Objects whose functions take what they are about as their argument. */
const MODULES = wordSet('Math Number tf d3 ss math stats _ lodash nj dfd R');

/** The name of the quantity that an expression stands for, undefined when it has none. */
export function nameOf(node: INode | undefined, tree: ITree): string | undefined {
  return node && new Naming(kindsOf(tree.ts)).of(node);
}

class Naming {
  constructor(private readonly _kinds: Kinds) {}

  of(node: INode | undefined): string | undefined {
    const kinds = this._kinds;
    if (kinds.is(node, 'Identifier')) {
      return node.text;
    }
    if (kinds.is(node, 'PropertyAccessExpression')) {
      const name = node.name?.text ?? '';
      if (SIZES.has(name)) {
        return undefined;
      }
      return ASIDE.has(name) ? this.of(node.expression) : this._chosen(node.expression, name);
    }
    if (kinds.is(node, 'ElementAccessExpression')) {
      const key = node.argumentExpression;
      return kinds.is(key, 'StringLiteral') ? key.text : this.of(node.expression);
    }
    if (kinds.is(node, 'BinaryExpression')) {
      return this._binary(node);
    }
    if (kinds.is(node, 'CallExpression')) {
      return this._call(node);
    }
    const isAround =
      kinds.is(node, 'ParenthesizedExpression') ||
      kinds.is(node, 'AwaitExpression') ||
      kinds.is(node, 'SpreadElement');
    if (isAround) {
      return this.of(node.expression);
    }
    if (kinds.is(node, 'TemplateExpression')) {
      const [span, ...more] = node.templateSpans ?? [];
      const isAlone = more.length === 0 && node.head?.text === '' && span.literal?.text === '';
      return isAlone ? this.of(span.expression) : undefined;
    }
    return kinds.is(node, 'PrefixUnaryExpression') ? this.of(node.operand) : undefined;
  }

  /** `best.acc` is of what is best, and no point of the others' accuracies. */
  private _chosen(owner: INode | undefined, name: string): string {
    const whose = this._plainName(owner);
    return BEST.has(whose) && isMetric(normal(name)) ? `${whose}_${name}` : name;
  }

  private _binary(node: INode): string | undefined {
    const kinds = this._kinds;
    const operator = node.operatorToken;
    if (kinds.is(operator, 'CommaToken')) {
      // (0, metrics_1.accuracy), as what is imported is called.
      return this.of(node.right);
    }
    const isShare = kinds.is(operator, 'SlashToken');
    const share = isShare ? this._share(node.left) : undefined;
    if (share !== undefined) {
      return share;
    }
    const left = this.of(node.left);
    if (isShare && left !== undefined && RIGHT.has(normal(left))) {
      return 'accuracy';
    }
    if (kinds.is(operator, 'MinusToken') && kinds.is(node.left, 'NumericLiteral')) {
      return undefined;
    }
    return left ?? (kinds.is(operator, 'AsteriskToken') ? this.of(node.right) : undefined);
  }

  /** `p.filter((one, i) => one === y[i]).length / p.length` is an accuracy, though nothing says so. */
  private _share(node: INode | undefined): string | undefined {
    const kinds = this._kinds;
    const filtered = kinds.is(node, 'PropertyAccessExpression') ? node.expression : undefined;
    const isCounted = SIZES.has(node?.name?.text ?? '') && kinds.is(filtered, 'CallExpression');
    const called = isCounted ? filtered.expression : undefined;
    const test = called?.name?.text === 'filter' ? filtered?.arguments?.[0]?.body : undefined;
    if (!kinds.is(test, 'BinaryExpression')) {
      return undefined;
    }
    const isLiteral = [test.left, test.right].some(
      side => kinds.is(side, 'NumericLiteral') || kinds.is(side, 'StringLiteral')
    );
    if (isLiteral) {
      // The share of a class.
      return undefined;
    }
    const operator = test.operatorToken;
    const isSame =
      kinds.is(operator, 'EqualsEqualsEqualsToken') || kinds.is(operator, 'EqualsEqualsToken');
    const isOther =
      kinds.is(operator, 'ExclamationEqualsEqualsToken') ||
      kinds.is(operator, 'ExclamationEqualsToken');
    return isSame ? 'accuracy' : isOther ? 'error' : undefined;
  }

  private _call(node: INode): string | undefined {
    const kinds = this._kinds;
    const called = node.expression;
    const first = node.arguments?.[0];
    const isMethod = kinds.is(called, 'PropertyAccessExpression');
    if (!isMethod || called.expression?.text === 'exports') {
      const name = this.of(called);
      if (name === undefined || AROUND.has(name)) {
        return name && this.of(first);
      }
      return EXTREMES.has(name) ? suffixed(this.of(first), name) : name;
    }
    const name = called.name?.text ?? '';
    const object = called.expression;
    const isOfModule = MODULES.has(this._plainName(object));
    const about = isOfModule ? first : object;
    if (name === 'sqrt') {
      const inner = this.of(first ?? object);
      return inner !== undefined && /^(?:mse|mean_?squared_?error)$/i.test(inner) ? 'rmse' : inner;
    }
    if (EXTREMES.has(name)) {
      return suffixed(this.of(about), name);
    }
    const spread = Object.hasOwn(SPREADS, name) ? SPREADS[name] : undefined;
    if (spread !== undefined) {
      return suffixed(this.of(about), spread);
    }
    if (kinds.is(first, 'StringLiteral') && name === 'get') {
      return first.text;
    }
    return AROUND.has(name) || ASIDE.has(name) ? this.of(about) : name;
  }

  /** Of `tf` and `exports.tf`; what is imported stands behind a name such as `tf_1`. */
  private _plainName(node: INode | undefined): string {
    const isMember = this._kinds.is(node, 'PropertyAccessExpression');
    const name = (isMember ? node.name?.text : node?.text) ?? '';
    return name.replace(/_\d+$/, '');
  }
}

function suffixed(name: string | undefined, suffix: string): string | undefined {
  return name === undefined ? undefined : `${name}_${suffix}`;
}
