/** In which order runs stand: by a key of the filter language. */
export interface ISort {
  readonly key: string;
  readonly descending: boolean;
}

/** How the table of runs looks: what its user chose. */
export interface ITable {
  /** The columns in their order, by id; empty for those that are shown when nobody chose. */
  readonly columns: readonly string[];
  /** Pixels of the columns that were resized, by id. */
  readonly widths: Readonly<Record<string, number>>;
  /** null: newest first. */
  readonly sort: ISort | null;
}

/** The table when nobody has chosen anything. */
export const PLAIN_TABLE: ITable = { columns: [], widths: {}, sort: null };

/** A table and a filter under a name. */
export interface ISavedView extends ITable {
  readonly name: string;
  readonly filter: string;
}

/** A table as settings hold it, whatever somebody wrote there. */
export function tableOf(value: unknown): ITable {
  const { columns, widths, sort } = isRecord(value) ? value : {};
  return {
    columns: Array.isArray(columns) ? columns.filter(one => typeof one === 'string') : [],
    widths: isRecord(widths)
      ? Object.fromEntries(
          Object.entries(widths).filter(
            (one): one is [string, number] => typeof one[1] === 'number' && one[1] > 0
          )
        )
      : {},
    sort:
      isRecord(sort) && typeof sort.key === 'string' && sort.key
        ? { key: sort.key, descending: sort.descending === true }
        : null
  };
}

/** Saved views as settings hold them; what is no view is left out. */
export function viewsOf(value: unknown): readonly ISavedView[] {
  return (Array.isArray(value) ? (value as unknown[]) : []).flatMap(one =>
    isRecord(one) && typeof one.name === 'string' && one.name
      ? [
          {
            ...tableOf(one),
            name: one.name,
            filter: typeof one.filter === 'string' ? one.filter : ''
          }
        ]
      : []
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
