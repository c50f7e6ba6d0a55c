/**
 * The stand-in for Backtrail in a script: Python that takes the calls of the cells.
 *
 * #### Notes
 * A script has to run where Backtrail is not installed. Where it is, the real one is used and the
 * replay is recorded like any other run, unless `BACKTRAIL_METRICS` names a file: then the stand-in
 * writes there the metrics of the run that was exported, in the format of `metrics.jsonl`, so that
 * whatever reads the record reads the replay.
 *
 * A session may hold many runs, and several may open in one cell. The script says at the cell where
 * the exported run begins which of the calls in it opens the run (`keep`), and the stand-in keeps the
 * metrics from that call until the run ends.
 */
export const standIn = `
@staticmethod
def stand_in():
    """Answers for Backtrail where it is not installed, or where BACKTRAIL_METRICS names a file."""
    import importlib.util
    import json
    import os
    import sys
    import time
    import types

    path = os.environ.get("BACKTRAIL_METRICS")
    if not path:
        try:
            spec = importlib.util.find_spec("backtrail")
        except (ImportError, ValueError):
            spec = None
        if spec is not None and spec.origin:
            return lambda call: None
    else:
        path = os.path.abspath(path)
        open(path, "w").close()

    class Run:
        def __init__(self, name=None, run_id=None, tags=None):
            self.kept, self.steps = False, {}
            self.info = types.SimpleNamespace(
                run_id=run_id or "replay", run_name=name, name=name, status="RUNNING", experiment_id="0",
                artifact_uri="", lifecycle_stage="active",
            )
            self.data = types.SimpleNamespace(params={}, metrics={}, tags=dict(tags or {}))
            self.id, self.name = self.info.run_id, name

        def __enter__(self):
            return self

        def __exit__(self, *error):
            if self in runs:
                del runs[runs.index(self):]

    class Anything:
        """What this script has no use for: it may be called and looked at."""
        def __getattr__(self, name):
            if name.startswith("__"):
                raise AttributeError(name)
            return self

        def __call__(self, *values, **named):
            return None

    class Backtrail(types.ModuleType):
        def __getattr__(self, name):
            if name.startswith("__"):
                raise AttributeError(name)
            return anything

    runs, anything, state = [], Anything(), {"wait": None}
    backtrail = Backtrail("backtrail", "A stand-in for Backtrail.")

    def provide(function):
        setattr(backtrail, function.__name__, function)
        return function

    def keep(call):
        """Keeps the metrics of the run that the given call from here on opens, or with 0 of the open one."""
        state["wait"] = call or None
        if not call:
            current().kept = True

    def begin(name=None, run_id=None, tags=None, parents=()):
        run = Run(name, run_id, tags)
        runs[:] = [*parents, run]
        if state["wait"]:
            state["wait"] -= 1
            run.kept = not state["wait"]
        return run

    def current():
        return runs[-1] if runs else begin()

    @provide
    def start_run(name=None, experiment=None, params=None, tags=None, run_name=None, nested=False, run_id=None,
                  **named):
        name = run_name or name
        run = begin(name, run_id, tags, runs if nested else ())
        log_params(params or {})
        return run

    @provide
    def end_run(*values, **named):
        if runs:
            runs.pop()

    @provide
    def active_run():
        return runs[-1] if runs else None

    @provide
    def log_param(key, value, *values, **named):
        current().data.params[key] = value
        return value

    @provide
    def log_params(params, *values, **named):
        current().data.params.update(params)

    @provide
    def set_tag(key, value, *values, **named):
        current().data.tags[key] = value

    @provide
    def set_tags(tags, *values, **named):
        current().data.tags.update(tags)

    @provide
    def log_metric(key, value, step=None, *values, **named):
        log_metrics({key: value}, step)

    @provide
    def log(values=None, step=None, **named):
        log_metrics({**(values or {}), **named}, step)

    @provide
    def log_metrics(metrics, step=None, *values, **named):
        run, numbers = current(), {}
        for key, value in metrics.items():
            try:
                value = value.item() if hasattr(value, "item") else value
                numbers[str(key)] = value if type(value) is int else float(value)
            except Exception:
                continue
        if not numbers:
            return
        if step is None:
            step = max(run.steps.get(key, -1) for key in numbers) + 1
        elif hasattr(step, "item"):
            step = step.item()
        run.steps.update(dict.fromkeys(numbers, step))
        run.data.metrics.update(numbers)
        if path and run.kept:
            line = {"step": step, "time": time.time(), "cell": None}
            for key, value in numbers.items():
                name = "/" + key if key in line or key.startswith("/") else key
                strings = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}
                line[name] = strings.get(repr(value), value)
            with open(path, "a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\\n")

    @provide
    def set_seed(seed, *values, **named):
        import random

        random.seed(seed)
        if "numpy" in sys.modules:
            sys.modules["numpy"].random.seed(seed % 2**32)
        if "torch" in sys.modules:
            sys.modules["torch"].manual_seed(seed)

    @provide
    def runs_of(*values, **named):
        return []

    backtrail.runs = backtrail.which = runs_of
    sys.modules["backtrail"] = backtrail
    return keep
`;
