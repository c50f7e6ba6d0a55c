/** What a page says has gone wrong, as far as it is the extension's doing. */
import type { Page } from '@playwright/test';

/** By these the extension's files, addresses and sentences are known. */
const OWN = /backtrail|\bbt-/i;

/** Collects errors from the moment it is made. */
export class Complaints {
  constructor(page: Page) {
    page.on('pageerror', error => this._note(error.stack ?? error.message));
    page.on('console', message => {
      if (message.type() === 'error') {
        this._note(`${message.text()} (${message.location().url})`);
      }
    });
  }

  /** All so far that were not expected. */
  get all(): readonly string[] {
    return this._noted.filter(complaint => !this._expected?.test(complaint));
  }

  /** Those that a test expects do not count, whenever they come. */
  expect(text: RegExp): void {
    this._expected = text;
  }

  private _note(complaint: string): void {
    if (OWN.test(complaint)) {
      this._noted.push(complaint);
    }
  }

  private _expected: RegExp | null = null;
  private _noted: string[] = [];
}
