"""What a person does at the door, step by step, in a browser without JavaScript."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.cast import PASSWORD

SIGN_IN = "/account/sign-in/"


@dataclass
class Browser:
    """A browser and what can be done in it; every answer is the page one ends at."""

    client: Client
    clock: Any = None

    @property
    def another(self) -> "Browser":
        """Somebody else's browser, at the same time."""
        return Browser(Client(), self.clock)

    @property
    def now(self) -> datetime:
        """What the pages take for now."""
        return datetime.fromisoformat(self.clock().isoformat())

    def opens(self, path: str, **given: Any) -> Any:
        return self.client.get(path, **given)

    def sends(self, path: str, **fields: Any) -> Any:
        return self.client.post(path, fields)

    def signs_in(self, name: str, password: str = PASSWORD, **more: str) -> Any:
        return self.sends(SIGN_IN, login=name, password=password, **more)

    @property
    def signed_in(self) -> bool:
        """Whether a page of one's own opens, and not the way to sign in."""
        response = self.opens("/account/devices/")
        return bool(response.status_code == 200 and "This one" in response.content.decode())


def plain(response: HttpResponse) -> str:
    """A page without what differs from one request to the next: tokens, keys, what was typed."""
    text = response.content.decode()
    text = re.sub(r'name="(csrfmiddlewaretoken|request_key)" value="[^"]*"', "", text)
    return re.sub(r'name="login" value="[^"]*"', "", text)
