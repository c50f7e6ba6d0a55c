/** Put in by the bundler. */
declare const BACKTRAIL_VERSION: string | undefined;

/** The version of this tracker. */
export const VERSION = typeof BACKTRAIL_VERSION === 'string' ? BACKTRAIL_VERSION : '0.1.0';
