"""What stands in for IPython's shell: the tracker hears of a script's cells as it hears of a notebook's."""

from __future__ import annotations

from typing import Any, Callable

from .displays import DisplayHook, DisplayPublisher

Hook = Callable[[Any], None]


class Events:
    """Whoever is registered is told."""

    def __init__(self) -> None:
        self._hooks: dict[str, list[Hook]] = {}

    def register(self, event: str, hook: Hook) -> None:
        """Has ``hook`` called at every ``event``."""
        self._hooks.setdefault(event, []).append(hook)

    def unregister(self, event: str, hook: Hook) -> None:
        """Undoes `register`.

        Raises:
            ValueError: it is not registered.
        """
        self._hooks.get(event, []).remove(hook)

    def trigger(self, event: str, value: Any) -> None:
        """Tells everybody."""
        for hook in list(self._hooks.get(event, ())):
            hook(value)


class Info:
    """What a cell is, as IPython's ``ExecutionInfo`` has it."""

    def __init__(self, source: str) -> None:
        self.raw_cell = source
        self.transformed_cell = source
        self.cell_id = None
        self.store_history = True
        self.silent = False


class Result:
    """How a cell ended, as IPython's ``ExecutionResult`` has it."""

    def __init__(self, info: Info, count: int) -> None:
        self.info = info
        self.execution_count = count
        self.error_before_exec: BaseException | None = None
        self.error_in_exec: BaseException | None = None
        self.result: Any = None


class Shell:
    """A shell whose namespace is that of the script."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.events = Events()
        self.user_ns = namespace
        self.user_global_ns = namespace
        self.user_ns_hidden: dict[str, Any] = {}
        self.execution_count = 1
        self.displayhook = DisplayHook()
        self.display_pub = DisplayPublisher()

    def get_parent(self) -> dict[str, Any]:
        """The request that is answered: there is none."""
        return {}
