import type { KernelMessage } from '@jupyterlab/services';
import { describe, expect, it } from 'vitest';
import { CellActivity } from '../../src/lab/attach/activity.js';

/** A message of the iopub channel, as the answer to a request. */
function message(
  type: string,
  request: string,
  content: object = {},
  kind = 'execute_request'
): KernelMessage.IMessage {
  return {
    channel: 'iopub',
    header: { msg_type: type, date: '2026-11-23T15:00:05.000000Z' },
    parent_header: { msg_id: request, msg_type: kind },
    content
  } as unknown as KernelMessage.IMessage;
}

const idle = { execution_state: 'idle' };
const busy = { execution_state: 'busy' };

describe('the activity of a kernel', () => {
  it('is that of its cells, until the time at which the last one ended', () => {
    const activity = new CellActivity();
    expect(activity.state).toBeNull();
    expect(activity.see(message('status', 'a', busy))).toBe(false);
    expect(activity.see(message('execute_input', 'a'))).toBe(true);
    expect(activity.state).toEqual({ isBusy: true, since: null });
    expect(activity.see(message('status', 'a', idle))).toBe(true);
    const ended = Date.parse('2026-11-23T15:00:05Z');
    expect(activity.state).toEqual({ isBusy: false, since: ended });
  });

  it('is not moved by silent requests, nor by those beside the cells', () => {
    const activity = new CellActivity();
    activity.see(message('execute_input', 'a'));
    expect(activity.see(message('status', 'b', idle))).toBe(false);
    expect(activity.see(message('status', 'c', idle, 'debug_request'))).toBe(false);
    expect(activity.state?.isBusy).toBe(true);
    activity.see(message('status', 'a', idle));
    const { state } = activity;
    activity.see(message('status', 'b', busy));
    activity.see(message('status', 'b', idle));
    expect(activity.state).toBe(state);
  });

  it('is known from the first request that is answered, but not since when', () => {
    const activity = new CellActivity();
    activity.see(message('status', 'x', idle, 'kernel_info_request'));
    expect(activity.state).toBeNull();
    activity.see(message('status', 'x', idle));
    expect(activity.state).toEqual({ isBusy: false, since: null });
    activity.reset();
    expect(activity.state).toBeNull();
  });
});
