/**
 * The functions of `node:fs` that the tracker writes and reads with, as they were when it loaded.
 *
 * #### Notes
 * Notebooks replace functions of fs, and the tracker itself listens to some: neither may reach what
 * the tracker does.
 */
import * as fs from 'node:fs';

export const {
  closeSync,
  copyFileSync,
  cpSync,
  existsSync,
  fstatSync,
  fsync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync
} = { ...fs };
