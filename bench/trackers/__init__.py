"""One module a tracker: `start(folder)`, `log(step, value)`, `kept(folder)`, as its own docs have it."""
