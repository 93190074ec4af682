"""Whether the machine's clock is believed: after a jump ahead, once it has held for an hour."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

JUMP = timedelta(days=7)  # a machine switched off for a holiday may be that late
HELD_FOR = timedelta(hours=1)


class Clock:
    """Compares the machine's time with the last beat, and a jump with time that cannot jump."""

    def __init__(self, steady: Callable[[], float] = time.monotonic) -> None:
        self.steady = steady
        self.ahead: tuple[datetime, float] | None = None  # the jump, by both clocks

    def believed(self, *, at: datetime, before: datetime | None) -> bool:
        """Whether ``at`` may be acted on, the last beat having been ``before``."""
        if before is None or at - before < JUMP:
            self.ahead = None
            return True
        if self.ahead is None or abs(at - self.ahead[0] - self._held()) > HELD_FOR:
            self.ahead = (at, self.steady())
        return self._held() >= HELD_FOR

    def _held(self) -> timedelta:
        return timedelta(seconds=self.steady() - self.ahead[1]) if self.ahead else timedelta()
