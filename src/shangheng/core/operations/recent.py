"""The last lines of the log of this process, as they were written: masked."""

import logging
from collections import deque

KEPT = 500

_lines: deque[str] = deque(maxlen=KEPT)


class Recent(logging.Handler):
    """Keeps the last lines in memory."""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        try:
            _lines.append(self.format(record))
        except Exception:  # a log must not break what it logs
            self.handleError(record)


def lines() -> list[str]:
    """What was kept, the oldest first."""
    return list(_lines)
