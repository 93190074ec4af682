"""Second factors in software: the codes of an authenticator app (RFC 6238), and a passkey."""

import base64
import hashlib
import hmac
import json
import re
import struct
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

STEP = 30
USER_PRESENT, USER_VERIFIED, CREDENTIAL_HELD = 0x01, 0x04, 0x40
ORIGIN, HOST = "http://testserver", "testserver"


def app_code(secret: str, second: float) -> str:
    """The six digits that an app with this secret shows at this second."""
    counter = struct.pack(">Q", int(second) // STEP)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def challenge_in(page: str) -> dict[str, Any]:
    """What a page asks of a passkey: its options, as they stand in the page."""
    found = re.search(r'<script id="js_data" type="application/json">(.*?)</script>', page)
    if found is None:
        raise AssertionError("this page asks no passkey")
    held = json.loads(found[1])
    return dict(next(iter(held.values()))["publicKey"])


@dataclass
class SoftKey:
    """A passkey; ``verifies`` is whether it asks its owner for a fingerprint or PIN."""

    number: int = 1
    verifies: bool = True

    def __post_init__(self) -> None:
        self.private = ec.derive_private_key(20_261_122 + self.number, ec.SECP256R1())
        self.id = hashlib.sha256(f"key {self.number}".encode()).digest()

    @property
    def flags(self) -> int:
        return USER_PRESENT | (USER_VERIFIED if self.verifies else 0)

    def is_added(self, options: dict[str, Any], *, resident: bool = True) -> str:
        """The answer to "make a passkey", as the browser would put it into the form."""
        public = ES256.from_cryptography_key(self.private.public_key())
        credential = AttestedCredentialData.create(Aaguid(bytes(16)), self.id, public)
        data = self._data(self.flags | CREDENTIAL_HELD, credential)
        made = AttestationObject.create("none", data, {})
        said = {
            "clientDataJSON": _text(self._client("webauthn.create", options)),
            "attestationObject": _text(bytes(made)),
        }
        return self._form(said, {"credProps": {"rk": resident}})

    def answers(self, options: dict[str, Any], *, owner: str = "") -> str:
        """The answer to "show your passkey"."""
        data, client = self._data(self.flags), self._client("webauthn.get", options)
        digest = hashlib.sha256(client).digest()
        signature = self.private.sign(bytes(data) + digest, ec.ECDSA(hashes.SHA256()))
        said = {
            "clientDataJSON": _text(client),
            "authenticatorData": _text(bytes(data)),
            "signature": _text(signature),
            "userHandle": _text(owner.encode()),
        }
        return self._form(said, {})

    def _data(self, flags: int, credential: Any = None) -> AuthenticatorData:
        host = hashlib.sha256(HOST.encode()).digest()
        return AuthenticatorData.create(
            host, flags, 0, *([bytes(credential)] if credential else [])
        )

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        return bytes(CollectedClientData.create(kind, options["challenge"], ORIGIN))

    def _form(self, said: dict[str, str], results: dict[str, Any]) -> str:
        return json.dumps(
            {
                "id": _text(self.id),
                "rawId": _text(self.id),
                "type": "public-key",
                "response": said,
                "clientExtensionResults": results,
            }
        )


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
