/**
 * JavaScript literals and comments.
 */

/** Text as comment lines; whatever ends a line in JavaScript ends one here. */
export function commented(text: string): string {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(line => (line.trim() ? `// ${line.trimEnd()}` : '//'))
    .join('\n');
}

/** A string literal. */
export function quoted(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`;
}

/** An object literal on one line; names that are no identifiers are quoted. */
export function objectOf(fields: ReadonlyArray<readonly [name: string, value: string]>): string {
  const inner = fields.map(
    ([name, value]) => `${/^[A-Za-z_]\w*$/.test(name) ? name : quoted(name)}: ${value}`
  );
  return `{ ${inner.join(', ')} }`;
}
