"""One quantity that is seen twice is one metric: decides which of several sightings is written.

A library tells a metric exactly, a list holds it, and a line of text says it once more, rounded. The ranks:
what the user logs, what a library's own calls tell, variables, a cell's result, text. Sightings of the lower
ranks are held for a moment, so that the better ones can be there first. See ``docs/metrics.md``.
"""

from .arbiter import Sightings
from .sighting import LAST_EXPRESSION, LOGGED, Moment, Rounded

__all__ = ["LAST_EXPRESSION", "LOGGED", "Moment", "Rounded", "Sightings"]
