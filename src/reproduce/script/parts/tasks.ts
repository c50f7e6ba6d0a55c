/**
 * The event loop of a notebook, in which cells and tasks run.
 */

import type { Parts } from './part.js';

/** See above. */
export const tasks: Parts = {
  loop: {
    imports: ['ast', 'asyncio', 'inspect', 'linecache'],
    python: `
@staticmethod
def loop(cell, source):
    """Runs a cell inside an event loop, as a notebook runs every cell."""
    name = "<cell %s>" % cell
    _nb.linecache.cache[name] = len(source), None, source.splitlines(True), name
    code = compile(source, name, "exec", flags=_nb.ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)

    if not hasattr(_nb, "events"):
        _nb.events = _nb.asyncio.new_event_loop()
        _nb.asyncio.set_event_loop(_nb.events)

    async def run():
        try:
            result = eval(code, globals())
            if _nb.inspect.iscoroutine(result):
                await result
        finally:
            _nb.events.stop()

    task = _nb.events.create_task(run())
    try:
        while not task.done():
            _nb.events.run_forever()
    except BaseException:
        task.cancel()
        raise
    task.result()
`
  },
  meanwhile: {
    imports: ['asyncio'],
    python: `
@staticmethod
def meanwhile(seconds):
    """Gives tasks the time that they had in the notebook before the next cell, or less if they end."""
    tasks = _nb.asyncio.all_tasks(_nb.events) if hasattr(_nb, "events") else None
    if tasks:
        _nb.events.run_until_complete(_nb.asyncio.wait(tasks, timeout=seconds))
`
  }
};
