/** Tables that are printed as text: a line of column names, and lines with a number under each. */
import { STEPS } from '../names/vocabulary.js';
import * as words from '../names/words.js';
import type { ICounter, IItem, ILine } from './parse.js';
import { decimals, split, valueOf } from './pieces.js';

const COLUMN = /\s{2,}|\t|\s*\|\s*/;
const RULE = /^[\s|+=:_\u2500-\u257f-]*$/;
const DIGIT = /(?<![A-Za-z0-9_])\d/;
const WORD = /[A-Za-z]/;
const LONGEST_NAME = 40;

/** The table that is being printed, if any. */
export class Tables {
  /** What a line says as a row of the table; undefined when it is not one. */
  read(line: string): ILine | undefined {
    if (this._columns.length === 0 && DIGIT.test(line)) {
      return undefined;
    }
    if (RULE.test(line)) {
      return this._columns.length > 0 ? { counters: [], items: [] } : undefined;
    }
    const [texts, numbers] = split(line);
    if (numbers.length === 0) {
      this._columns = header(line);
      return undefined;
    }
    if (this._columns.length === 0) {
      return undefined;
    }
    const isText = texts.slice(2, -1).some(text => WORD.test(text));
    if (isText || numbers.length > this._columns.length + 1) {
      this._columns = [];
      return undefined;
    }
    return this._row(words.label(texts[0]), texts, numbers);
  }

  private _row(given: string, texts: readonly string[], all: readonly string[]): ILine | undefined {
    let label = given;
    let columns = this._columns;
    let numbers = all;
    const second = texts.at(1) ?? '';
    if (numbers.length === columns.length + 1 && label === '' && /^\d+$/.test(numbers[0])) {
      // The index of a table, or the class of a report.
      label = WORD.test(second) ? words.label(second) : numbers[0];
      numbers = numbers.slice(1);
    } else if (numbers.length === columns.length && label === '' && WORD.test(second)) {
      // An index, a name, and one number fewer than there are columns.
      [label, numbers, columns] = [words.label(second), numbers.slice(1), columns.slice(1)];
    } else if (isNamed(columns, numbers, label, second)) {
      // The index of console.table, whose column has a name too.
      [label, numbers, columns] = [words.label(second), numbers.slice(1), columns.slice(2)];
    } else if (label !== '' && numbers.length === columns.length - 1) {
      // The first column has the names.
      columns = columns.slice(1);
    }
    if (label === 'accuracy' && numbers.length === 2 && this._columns.includes('precision')) {
      // The line of a report that has the accuracy of all classes, under no column.
      return { counters: [], items: [item(label, numbers[0])] };
    }
    if (numbers.length !== columns.length) {
      return undefined;
    }
    const counters: ICounter[] = [];
    const items: IItem[] = [];
    for (const [index, column] of columns.entries()) {
      if (STEPS.has(column) || column === 'epochs' || column === 'iteration_no') {
        counters.push({ word: column, value: valueOf(numbers[index]), total: undefined });
      } else if (words.isMetric(column)) {
        items.push(item(label === '' ? column : `${column}/${label}`, numbers[index]));
      }
    }
    return { counters, items };
  }

  private _columns: readonly string[] = [];
}

function isNamed(
  columns: readonly string[],
  numbers: readonly string[],
  label: string,
  second: string
): boolean {
  const isCounted = columns[0] === 'index' && label === '' && WORD.test(second);
  return isCounted && numbers.length === columns.length - 1;
}

function header(line: string): string[] {
  const columns = line
    .trim()
    .split(COLUMN)
    .filter(column => WORD.test(column))
    .map(words.normal);
  if (columns.length >= 2 && columns.some(words.isMetric)) {
    return columns.every(column => column.length <= LONGEST_NAME) ? columns : [];
  }
  const single = line.split(/\s+/).filter(Boolean).map(words.normal);
  const isHeader =
    single.length >= 2 && single.every(word => words.isMetric(word) || STEPS.has(word));
  return isHeader ? single : [];
}

function item(name: string, number: string): IItem {
  return { name, value: valueOf(number), places: decimals(number), isPercent: false, isSure: true };
}
