/** Which parts of a large value stand for all of it. */

/** Of a list, so many items at both ends and between them. */
const FEW = 24;
/** How many items those are: a list that has no more is looked at as a whole. */
export const ITEMS = 3 * FEW;
/** Of bytes, so many blocks of so many bytes. */
const BLOCKS = 48;
const BLOCK = 4096;

/** Places at both ends of a list of more than {@link ITEMS}, and evenly between them. */
export function* places(length: number): Generator<number> {
  for (let index = 0; index < FEW; index++) {
    yield index;
  }
  const step = Math.floor((length - 2 * FEW) / (FEW + 1));
  for (let index = 1; index <= FEW; index++) {
    yield FEW + index * step;
  }
  for (let index = length - FEW; index < length; index++) {
    yield index;
  }
}

/** Blocks of some bytes, from the first to the last; undefined where they are too few for that. */
export function blocks(bytes: Uint8Array): Uint8Array[] | undefined {
  if (bytes.length <= BLOCKS * BLOCK) {
    return undefined;
  }
  const step = Math.floor((bytes.length - BLOCK) / (BLOCKS - 1));
  return Array.from({ length: BLOCKS }, (_, block) =>
    bytes.subarray(block * step, block * step + BLOCK)
  );
}
