/**
 * What went wrong with a file.
 */

/** Why a file could not be read or written, in a few words. */
export function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const words: Record<string, string> = {
    EACCES: 'access is denied',
    EISDIR: 'it is a folder',
    ENOENT: 'it is not there',
    ENOSPC: 'the disk is full',
    ENOTDIR: 'a part of its path is no folder',
    EPERM: 'access is denied',
    EROFS: 'the disk is read-only'
  };
  return (code && words[code]) ?? message;
}
