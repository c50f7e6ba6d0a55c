/** What the stacks of errors show, which notebooks show in turn. */
import { types } from 'node:util';

/** Takes what lies in this file out of the stack of an error. */
export function withoutUs(error: unknown, file: string): void {
  try {
    const stack = stackOf(error);
    if (stack?.includes(file)) {
      const lines = stack
        .split('\n')
        .filter(line => !(/^\s+at /.test(line) && line.includes(file)));
      (error as Error).stack = lines.join('\n');
    }
  } catch {
    // It stays as it is.
  }
}

/** What newer versions of Node get a stack by; older ones keep the text itself. */
const read = getterOf(new Error());

/** The stack of an error as Node made it, or as it was set. No getter of the notebook's is run. */
export function stackOf(error: unknown): string | undefined {
  if (!types.isNativeError(error)) {
    return undefined;
  }
  const isRead = read !== undefined && getterOf(error) === read;
  const stack: unknown = isRead
    ? Reflect.apply(read, error, [])
    : Object.getOwnPropertyDescriptor(error, 'stack')?.value;
  return typeof stack === 'string' ? stack : undefined;
}

function getterOf(error: object): (() => unknown) | undefined {
  const own: { get?: () => unknown } | undefined = Object.getOwnPropertyDescriptor(error, 'stack');
  return own?.get;
}
