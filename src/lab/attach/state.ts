import type { IAttachReply } from './language.js';

/**
 * What is known about the capture of one notebook.
 *
 * - `none`: no kernel runs
 * - `waiting`: the kernel was asked and has not answered yet
 * - `recording`, `off`, `failed`: what the tracker answered
 * - `unsupported`: no tracker speaks the kernel's language
 */
export interface ICaptureState {
  readonly kind: 'none' | 'waiting' | 'recording' | 'off' | 'failed' | 'unsupported';
  /** One sentence for the user; empty where there is nothing to say. */
  readonly message: string;
  /** The tracker's last answer of this kernel. */
  readonly reply: IAttachReply | null;
}

/** Before there is a kernel. */
export const NO_KERNEL: ICaptureState = { kind: 'none', message: '', reply: null };

/** The state that an answer of the tracker makes. */
export function stateOf(reply: IAttachReply): ICaptureState {
  return { kind: reply.state, message: reply.message ?? '', reply };
}
