/**
 * How a run is called: its name, with its number where the name does not say it.
 *
 * #### Notes
 * A run that nobody named is called after its notebook and its number, `digits 12`.
 */
export function runTitle(run: {
  readonly id: string;
  readonly name: string | null;
  readonly number: number | null;
}): string {
  const { name, number } = run;
  if (number === null) {
    return name ?? run.id;
  }
  if (!name) {
    return `#${number}`;
  }
  if (name.endsWith(` ${number}`)) {
    return `${name.slice(0, -String(number).length)}#${number}`;
  }
  return name.includes(`#${number}`) ? name : `${name} #${number}`;
}
