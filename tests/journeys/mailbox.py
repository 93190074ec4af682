"""A mail server on loopback that keeps what it is given, for as long as a test needs one."""

import logging
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

PATIENCE = 30


class Mailbox:
    """Takes every message."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.messages.append(message_from_bytes(envelope.content))
        return "250 OK"

    def waits_for(self, to: str, subject: str) -> str:
        """The text of the newest message with this subject to this person."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for one in reversed(self.messages):
                if one["To"] == to and one["Subject"] == subject:
                    return str(one.get_payload(decode=True).decode())
            time.sleep(0.1)
        raise AssertionError(
            f"no {subject!r} to {to}; came: {[m['Subject'] for m in self.messages]}"
        )


def link_in(text: str) -> str:
    return re.findall(r"https?://\S+", text)[0]


def login(user: str, password: str) -> dict[str, Any]:
    """What a server is given that lets in this user alone, of those who sign in."""

    def fits(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        same = (data.login, data.password) == (user.encode(), password.encode())
        return AuthResult(success=same, handled=False)

    return {"authenticator": fits, "auth_require_tls": False}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mail_server(handler: Any = None, port: int = 0, **given: Any) -> Iterator[Controller]:
    """A server with this handler, on a free port, until the block ends.

    It stands for a stranger's machine: what it logs of its letters is not the portal's log.
    """
    logging.getLogger("mail.log").disabled = True
    controller = Controller(handler, hostname="127.0.0.1", port=port or free_port(), **given)
    controller.start()
    try:
        yield controller
    finally:
        controller.stop(no_assert=True)
