import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const FOLDER = new URL('../../schema/', import.meta.url);

/**
 * JupyterLab compiles these into functions of their own, twice for each schema, while it starts. A `oneOf` of
 * constants, which gives choices their titles, takes less than can be told apart.
 */
const SLOW = ['$ref', 'definitions', '$defs', 'anyOf', 'allOf', 'patternProperties'];

/** The words of a schema that say what settings may be, wherever they stand in it. */
function wordsOf(schema: unknown): readonly string[] {
  return typeof schema === 'object' && schema !== null
    ? Object.entries(schema).flatMap(([word, value]) => [word, ...wordsOf(value)])
    : [];
}

describe.each(readdirSync(FOLDER))('the schema %s', name => {
  const schema = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as {
    readonly properties: Readonly<Record<string, { readonly default: unknown }>>;
  };

  it('has nothing that keeps JupyterLab’s start', () => {
    const words = wordsOf(schema.properties).concat(Object.keys(schema));
    expect(words.filter(word => SLOW.includes(word))).toEqual([]);
    // What a setting holds inside is looked at by who reads it.
    expect(wordsOf(schema.properties)).not.toContain('properties');
  });

  it('says of each setting what it is when nobody chose', () => {
    for (const setting of Object.values(schema.properties)) {
      expect(setting.default).not.toBe(undefined);
    }
  });
});
