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

  /** All so far. */
  get all(): readonly string[] {
    return this._all;
  }

  /** Takes away those that a test expects. */
  expected(text: RegExp): void {
    this._all = this._all.filter(complaint => !text.test(complaint));
  }

  private _note(complaint: string): void {
    if (OWN.test(complaint)) {
      this._all.push(complaint);
    }
  }

  private _all: string[] = [];
}
