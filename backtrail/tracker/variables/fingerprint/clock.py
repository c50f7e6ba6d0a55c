"""The clock by which looks are limited."""

from __future__ import annotations

import sys
import time

# The processor's time of this thread: a machine that is busy otherwise does not make looks shorter. That of
# Windows is too coarse.
clock = time.perf_counter if sys.platform == "win32" else time.thread_time
