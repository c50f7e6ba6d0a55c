/** What a user who called is told: once, and never by an error. */
const said = new Set<string>();

/** Tells the user something, once in a session, where warnings of a notebook are shown. */
export function sayOnce(message: string): void {
  if (!said.has(message)) {
    said.add(message);
    try {
      process.stderr.write(`Backtrail: ${message}\n`);
    } catch {
      // Nobody listens.
    }
  }
}

/** Runs a call of the user's: whatever goes wrong in it is said once, and the fallback returned. */
export function guarded<T>(what: string, fallback: T, call: () => T): T {
  try {
    return call();
  } catch (error) {
    sayOnce(
      `${what}: ${error instanceof Error ? `${error.name}: ${error.message}` : 'it failed'}.`
    );
    return fallback;
  }
}
