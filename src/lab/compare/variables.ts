import type { IRow, ISection } from '../../runlog/compare.js';
import { toNumber } from '../../runlog/index.js';
import { formatValue } from '../format.js';

/** A param or a metric as an axis: one value for each run, null where the run has none to show. */
export interface IVariable {
  readonly id: string;
  readonly name: string;
  readonly kind: 'param' | 'metric';
  readonly values: readonly (number | string | null)[];
  /** Whether all its values are numbers; else they are all texts. */
  readonly isNumeric: boolean;
}

/** The params and metrics in which the runs differ, as axes; params first. */
export function variablesOf(sections: readonly ISection[]): readonly IVariable[] {
  const rows = (name: string): readonly IRow[] =>
    sections.find(section => section.name === name)?.rows ?? [];
  return [
    ...rows('params').map(row => variable(row, 'param')),
    ...rows('metrics').map(row => variable(row, 'metric'))
  ].filter(({ values }) => new Set(values.filter(value => value !== null)).size > 1);
}

function variable({ key, entries }: IRow, kind: IVariable['kind']): IVariable {
  const given = entries.map(entry => (entry.kind === 'value' ? entry.value : null));
  const numbers = given.map(value => toNumber(value));
  const isNumeric = given.every((value, at) => value === null || numbers[at] !== undefined);
  return {
    id: `${kind} ${key}`,
    name: key,
    kind,
    isNumeric,
    values: given.map((value, at) => {
      if (value === null) {
        return null;
      }
      const number = numbers[at] ?? NaN;
      return isNumeric ? (Number.isFinite(number) ? number : null) : formatValue(value);
    })
  };
}

/**
 * The variable of an axis as long as nobody has chosen one: one of a kind, else any that another axis does not have.
 *
 * @param at - which of them
 * @param taken - the one of another axis
 */
export function usualOf(
  variables: readonly IVariable[],
  kind: IVariable['kind'],
  at: number,
  taken?: IVariable
): IVariable {
  const preferred = variables.filter(variable => variable.kind === kind);
  const others = variables.filter(variable => variable !== taken);
  return preferred[Math.min(at, preferred.length - 1)] ?? others[at] ?? others[0] ?? variables[0];
}

/** Whether a logarithmic axis shows the values better: all are above 0, and far apart. */
export function isWide(values: readonly (number | string | null)[]): boolean {
  const numbers = values.filter(value => typeof value === 'number');
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  return numbers.length > 1 && least > 0 && most / least >= 100;
}
