import { useEffect, useState } from 'react';
import type { RunModel } from './model.js';

/** The text of a blob: null until it is here, undefined where it is gone. */
export function useBlob(
  model: RunModel,
  sha256: string | null | undefined
): string | null | undefined {
  const [text, setText] = useState<string | null | undefined>(null);
  useEffect(() => {
    if (!sha256) {
      return;
    }
    let isCurrent = true;
    model.blob(sha256).then(
      found => isCurrent && setText(found),
      () => isCurrent && setText(undefined)
    );
    return () => {
      isCurrent = false;
    };
  }, [model, sha256]);
  return text;
}
