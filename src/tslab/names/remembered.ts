/** What was computed from a text once is remembered: a loop prints the same words over and over. */
export function remembered<T>(compute: (text: string) => T, most = 4096): (text: string) => T {
  const known = new Map<string, T>();
  return text => {
    let found = known.get(text);
    if (found === undefined) {
      if (known.size >= most) {
        known.clear();
      }
      known.set(text, (found = compute(text)));
    }
    return found;
  };
}
