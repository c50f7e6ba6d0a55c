import type { ICellModel } from '@jupyterlab/cells';
import type { IOutlineCell } from '../store/protocol.js';

/**
 * What of a notebook only the browser knows: the order of its cells, and the text of those that are
 * never executed.
 */
export function outlineOf(cells: Iterable<ICellModel>): readonly IOutlineCell[] {
  return Array.from(cells, ({ id, type, sharedModel }) =>
    type === 'code' ? { id, type } : { id, type, source: sharedModel.getSource() }
  );
}
