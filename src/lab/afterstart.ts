import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type * as Later from './later.js';

/** How long a busy page may put it off, in milliseconds. */
const PATIENCE = 500;

let fetched: Promise<typeof Later> | undefined;

let hurry: () => void;
const hurried = new Promise<void>(resolve => {
  hurry = resolve;
});

/**
 * Begins something for which JupyterLab's start need not wait.
 *
 * #### Notes
 * When the page is restored and has a moment to spare, what begins is fetched, all of it in one file.
 * Nothing that records may wait for that.
 *
 * @param begin - is called once with what was fetched
 */
export function afterStart(
  app: JupyterFrontEnd,
  trans: TranslationBundle,
  begin: (later: typeof Later) => void
): void {
  fetched ??= fetchLater(app, trans);
  void fetched.then(begin, () => undefined);
}

/**
 * Begins all of that as soon as the page is restored, whether it has a moment to spare or not.
 *
 * @returns resolves when it has begun, or when it cannot be had, which the user is told
 */
export async function startedSoon(app: JupyterFrontEnd, trans: TranslationBundle): Promise<void> {
  hurry();
  fetched ??= fetchLater(app, trans);
  await fetched.catch(() => undefined);
}

async function fetchLater(app: JupyterFrontEnd, trans: TranslationBundle): Promise<typeof Later> {
  await app.restored;
  await Promise.race([spareMoment(), hurried]);
  try {
    return await import('./later.js');
  } catch (reason) {
    Notification.error(
      trans.__('A part of Backtrail could not be loaded: reload the page to try again.'),
      { autoClose: false }
    );
    throw reason;
  }
}

function spareMoment(): Promise<void> {
  return new Promise(resolve => {
    // Safari does not tell when it has nothing to do.
    if (typeof requestIdleCallback === 'undefined') {
      setTimeout(resolve, PATIENCE);
    } else {
      requestIdleCallback(() => resolve(), { timeout: PATIENCE });
    }
  });
}
