/**
 * Which changes of a value a record would not show.
 */

import type { JsonObject } from '../runlog/index.js';

/** Why a change of that value would not be seen; undefined where it would be, or cannot happen. */
export function unseen(value: JsonObject | undefined): string | undefined {
  const { seen, type } = value ?? {};
  if (
    typeof seen !== 'string' ||
    seen === 'exact' ||
    (typeof type === 'string' && steady.test(type))
  ) {
    return undefined;
  }
  return seen === 'opaque' ? 'what it holds cannot be compared' : 'it is too large to be compared';
}

/** Types whose values stay what they are, as far as cells go that do not bind them. */
const steady =
  /^(?:builtins\.)?(?:module|type|function|method|builtin_function_or_method|NoneType|ellipsis|ufunc|numpy\.ufunc)$|Meta$|(?:^|\.)(?:partial|_lru_cache_wrapper|Logger|device|dtype|Figureless)$/;
