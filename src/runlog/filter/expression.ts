/** Where a part of an expression stands in its text, in UTF-16 units. */
export interface IPlace {
  start: number;
  end: number;
}

/** A key: `metrics."val/auc"` is the path `metrics`, `val/auc`. */
export interface IKey extends IPlace {
  kind: 'key';
  path: string[];
}

/** A value as it is written. */
export type Value = IPlace &
  /** With its text, which is what a pattern means: `2.10` is another one than `2.1`. */
  (
    | { kind: 'number'; value: number; text: string }
    | { kind: 'text'; value: string; bare?: boolean }
    | { kind: 'boolean'; value: boolean }
    /** A span of time. */
    | { kind: 'duration'; seconds: number }
    /** A date, `whole` when it has no time of day. */
    | { kind: 'moment'; text: string; whole: boolean }
    /** So many seconds before now. */
    | { kind: 'ago'; seconds: number }
    | { kind: 'day'; word: string }
  );

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | '~' | '!~';

/** What the text of a filter says. */
export type Expression =
  | { kind: 'and' | 'or'; left: Expression; right: Expression }
  | { kind: 'not'; operand: Expression }
  | { kind: 'compare'; key: IKey; operator: Operator; value: Value }
  | { kind: 'in'; key: IKey; values: Value[] }
  | { kind: 'has'; key: IKey }
  | (IPlace & { kind: 'call'; name: string; parameters: (IKey | Value)[] });
