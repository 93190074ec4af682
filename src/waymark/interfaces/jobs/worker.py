"""The worker: goes round every few seconds while it holds the one lease in the database."""

import logging
import os
import signal
import socket
import time
from types import FrameType

from django.db import Error as DatabaseError
from django.db import close_old_connections

from waymark.interfaces.endpoint import now
from waymark.interfaces.jobs.round import go_round
from waymark.record.outbox.actions import beat, believe, clock_jumped, let_go

EVERY_SECONDS = 5
log = logging.getLogger("waymark.worker")


class Worker:
    """Runs until it is told to stop; a second one waits until the first one's lease is over."""

    def __init__(self) -> None:
        self.holder = f"{socket.gethostname()[:40]}:{os.getpid()}"
        self.going = True

    def stop(self, signum: int, frame: FrameType | None) -> None:
        self.going = False

    def run(self) -> None:
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        while self.going:
            self.turn()
            time.sleep(EVERY_SECONDS)
        self.leave()

    def leave(self) -> None:
        """Let go of the lease; where the record takes no row it runs out by itself."""
        try:
            let_go(self.holder)
        except DatabaseError as error:
            log.error("the lease could not be given back: %s", type(error).__name__)

    def turn(self) -> None:
        """One beat and one round; an error is logged by its kind, and the next turn comes."""
        close_old_connections()
        try:
            at = now()
            if not beat(self.holder, at=at):
                return
            if jumped := clock_jumped(at=at):
                log.error("the time jumped; see `waymark doctor`: nothing is asked or swept")
            else:
                believe(at=at)
            for trouble in go_round(at=now(), believed=not jumped).troubles:
                log.error("the clock could not serve %s", trouble)
        except Exception as error:
            log.error("a round went wrong: %s", type(error).__name__)
