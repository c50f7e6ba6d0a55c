import { comparison, textOf, type Test } from './compare.js';
import { FilterError } from './error.js';
import type { Expression, IKey, Value } from './expression.js';
import { type FilteredRun, reader, timeFields } from './keys.js';
import { parse } from './parse.js';
import { stageAt } from './stageat.js';

/** Whether a run is one of those that are looked for. */
export type Filter = (run: FilteredRun) => boolean;

/** A function of the language: it is given its arguments once, and makes a filter of them. */
export type FilterFunction = (
  parameters: readonly (IKey | Value)[],
  place: { start: number; end: number }
) => Filter;

/** What a filter may need to know besides the run itself. */
export interface IFilterContext {
  /** Milliseconds since 1970; the present by default. */
  now?: number;
  /** The run before this one in its notebook, for `changed`. */
  previous?: (run: FilteredRun) => FilteredRun | undefined;
  /** Functions beside `has`, `changed` and `stage_at`, by name. */
  functions?: Readonly<Record<string, FilterFunction>>;
}

/**
 * Makes a filter of its text. An empty text lets every run through.
 *
 * @throws FilterError when the text cannot be understood.
 */
export function createFilter(text: string, context: IFilterContext = {}): Filter {
  return text.trim() === '' ? () => true : compile(parse(text), context);
}

/** Which run came before each in its notebook: those of one path, by the time they started. */
export function previousRuns(
  runs: Iterable<FilteredRun>
): (run: FilteredRun) => FilteredRun | undefined {
  // Made when somebody asks: most filters do not.
  let before: ReadonlyMap<string, FilteredRun> | undefined;
  return run => (before ??= previousById(runs)).get(run.id);
}

function previousById(runs: Iterable<FilteredRun>): ReadonlyMap<string, FilteredRun> {
  const byNotebook = new Map<string, FilteredRun[]>();
  for (const run of runs) {
    const notebook = run.notebook?.path ?? run.notebook?.name ?? '';
    const list = byNotebook.get(notebook);
    if (list) {
      list.push(run);
    } else {
      byNotebook.set(notebook, [run]);
    }
  }
  const before = new Map<string, FilteredRun>();
  for (const list of byNotebook.values()) {
    list.sort((a, b) => (a.id < b.id ? -1 : 1));
    list.forEach((run, index) => {
      const previous = list[index - 1];
      if (previous) {
        before.set(run.id, previous);
      }
    });
  }
  return before;
}

function compile(expression: Expression, context: IFilterContext): Filter {
  switch (expression.kind) {
    case 'and':
    case 'or': {
      const [left, right] = [compile(expression.left, context), compile(expression.right, context)];
      return expression.kind === 'and'
        ? run => left(run) && right(run)
        : run => left(run) || right(run);
    }
    case 'not': {
      const operand = compile(expression.operand, context);
      return run => !operand(run);
    }
    case 'has': {
      const read = reader(expression.key.path);
      return run => isThere(read(run));
    }
    case 'compare': {
      const test = comparison(
        expression.operator,
        expression.value,
        isTime(expression.key),
        context.now ?? Date.now()
      );
      const negative = expression.operator.startsWith('!');
      return asked(reader(expression.key.path), test, negative);
    }
    case 'in': {
      const now = context.now ?? Date.now();
      const tests = expression.values.map(value =>
        comparison('=', value, isTime(expression.key), now)
      );
      return asked(reader(expression.key.path), one => tests.some(test => test(one)), false);
    }
    case 'call':
      return call(expression, context);
  }
}

/** A run without the key is never let through; of a list one value is enough, and none may be what `!=` names. */
function asked(read: (run: FilteredRun) => unknown, test: Test, negative: boolean): Filter {
  return run => {
    const actual = read(run);
    if (actual === undefined || actual === null) {
      return false;
    }
    if (!Array.isArray(actual)) {
      return test(actual);
    }
    const there = actual.filter(one => one !== undefined && one !== null);
    return there.length > 0 && (negative ? there.every(test) : there.some(test));
  };
}

function isTime(key: IKey): boolean {
  return key.path.length === 1 && timeFields.has(key.path[0]);
}

function isThere(value: unknown): boolean {
  return isGiven(value) && value !== false && value !== '' && value !== 'false';
}

/** A list of nothing, as the seeds of a run that set none, is no value. */
function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null;
}

function call(expression: Extract<Expression, { kind: 'call' }>, context: IFilterContext): Filter {
  const own: Readonly<Record<string, FilterFunction>> = {
    has: parameters => {
      const read = reader(theKey(expression, parameters));
      return run => isGiven(read(run));
    },
    changed: parameters => {
      const read = reader(theKey(expression, parameters));
      return run => {
        const before = context.previous?.(run);
        return before !== undefined && textOf(read(before)) !== textOf(read(run));
      };
    },
    stage_at: parameters => stageAt(parameters, expression, context.now ?? Date.now())
  };
  const functions = { ...own, ...context.functions };
  const made = Object.hasOwn(functions, expression.name) ? functions[expression.name] : undefined;
  if (made === undefined) {
    const known = Object.keys(functions).sort().join(', ');
    throw new FilterError(`There is no function ${expression.name}; there are ${known}.`, {
      start: expression.start,
      end: expression.start + expression.name.length
    });
  }
  return made(expression.parameters, expression);
}

function theKey(
  expression: Extract<Expression, { kind: 'call' }>,
  parameters: readonly (IKey | Value)[]
): string[] {
  const [key] = parameters;
  if (parameters.length !== 1 || key?.kind !== 'key') {
    throw new FilterError(
      `${expression.name} takes one key, as ${expression.name}(params.lr).`,
      expression
    );
  }
  return key.path;
}
