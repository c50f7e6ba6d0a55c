/** A JSON object of which nothing more is known yet. */
export type JsonObject = Record<string, unknown>;

/** Whether a value is a JSON object: not null, not a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value when it is a text, else null. */
export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
