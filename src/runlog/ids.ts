const ID = /^\d{8}-\d{9}-[0-9a-z]{4}$/;

/** Whether a text has the form of a session's, an editor's or a run's id. */
export function isId(text: string): boolean {
  return ID.test(text);
}
