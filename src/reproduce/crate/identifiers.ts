/**
 * What the parts of a crate are called in its metadata.
 */

/** One thing of a crate, in the words of schema.org. */
export type Entity = Readonly<Record<string, unknown>> & { readonly '@id': string };

/** A reference to another entity. */
export function ref(id: string): Entity {
  return { '@id': id };
}

/** A path or a key as a part of an identifier. */
export function encoded(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** How an execution or a run ended. */
export function statusOf(status: string | undefined): Entity {
  const failed = status === 'failed' || status === 'interrupted';
  return ref(`http://schema.org/${failed ? 'FailedActionStatus' : 'CompletedActionStatus'}`);
}
