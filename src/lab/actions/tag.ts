/** A tag as it is typed: `key`, `key = value`, or `-key` to remove it; null for nothing. */
export function parseTag(text: string): { key: string; value: string | null } | null {
  const typed = text.trim();
  if (typed.startsWith('-')) {
    const key = typed.slice(1).trim();
    return key ? { key, value: null } : null;
  }
  const at = typed.indexOf('=');
  const key = (at < 0 ? typed : typed.slice(0, at)).trim();
  return key ? { key, value: at < 0 ? '' : typed.slice(at + 1).trim() } : null;
}
