"""The mail server of an installation: asked for, tried, kept, and proven by a mail that arrives."""

import smtplib
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import click
from django.conf import settings
from django.core.mail import get_connection

from waymark.interfaces.cli.owner import asking
from waymark.interfaces.cli.owner.asking import ask, ask_hidden, warn
from waymark.interfaces.cli.owner.setting_up import THERE, the_boss, the_clinic
from waymark.interfaces.cli.owner.settings_file import write_settings
from waymark.interfaces.endpoint import now
from waymark.interfaces.jobs.mail import send_waiting
from waymark.record.people import actions
from waymark.record.people.queries import address_of_account, proofs_of
from waymark.record.people.reach import only_here, phones_reach
from waymark.record.tenancy.action import Invalid

WAYS = ("starttls", "tls", "none")
USUAL_WAY = {465: "tls", 25: "none"}


@dataclass(frozen=True, slots=True)
class Server:
    """What a mail program asks for: where, how it is encrypted, who signs in."""

    host: str
    port: int
    way: str
    user: str = ""
    password: str = ""

    @property
    def here(self) -> bool:
        return only_here(f"//{self.host}")


def test_mail() -> str:
    """Ask for the server, try it, and send a mail that somebody must see arrive."""
    if "test-mail" in proofs_of(the_clinic()):
        return THERE
    click.echo("\nThe mail server that sends invitations and notices (empty: later)")
    server = _answering(_asked())
    if server is None:
        return THERE
    sender = ask("Sender", asking.email, default=_sender(server))
    _keep(server, sender)
    actions.send_test_mail(the_clinic(), by=the_boss(), at=now())
    if not send_waiting(at=now()):
        raise Invalid("server", f"{server.host}:{server.port} did not take the message.")
    if click.confirm("  Did it arrive? Look in your mail", default=False):
        actions.confirm_test_mail(the_clinic(), by=the_boss(), at=now())
    return ""


def _place(host: str) -> Server:
    here = only_here(f"//{host}")
    port = ask("Port", asking.within(1, 65535), default="25" if here else "587")
    usual = "none" if here else USUAL_WAY.get(port, "starttls")
    return Server(host, port, ask("Encryption: starttls, tls or none", _way, default=usual))


def _way(typed: str) -> str:
    if typed.strip().lower() not in WAYS:
        raise Invalid("way", "Write starttls (usual at port 587), tls (usual at 465) or none.")
    return typed.strip().lower()


def _asked(before: Server | None = None) -> Server | None:
    """A server from its name on, with the login of the one before; None for later."""
    host = ask("Mail server (empty: later)", default="")
    if not host:
        return None
    place = _place(host)
    if before is None or not before.user:
        return _login(place)
    kept = replace(place, user=before.user, password=before.password)
    return _login(kept) if _in_clear(kept) else kept


def _login(server: Server) -> Server | None:
    """The same server with a user and a password, if it wants them; None for later."""
    user = ask("User" if server.user else "User (empty: none)", default=server.user)
    if not user:
        return replace(server, user="", password="")
    if _in_clear(server):
        warn("Without encryption the password would travel in clear. Choose another way.")
        return _login(_place(server.host))
    password = ask_hidden("Password (not shown; empty: later)")
    return replace(server, user=user, password=password) if password else None


def _in_clear(server: Server) -> bool:
    return server.way == "none" and not server.here


def _answering(server: Server | None) -> Server | None:
    """The server, once it lets us in; only what it did not take is asked again. None for later."""
    while server is not None:
        try:
            _knock(server)
        except smtplib.SMTPAuthenticationError:
            warn("The server is there, and refused this user and password.")
            server = _login(server)
        except (OSError, smtplib.SMTPException) as error:
            warn(f"{server.host}:{server.port} ({server.way}) does not answer: {error}")
            server = _asked(server)
        else:
            return server
    return None


def _knock(server: Server) -> None:
    connection = get_connection(
        host=server.host,
        port=server.port,
        username=server.user,
        password=server.password,
        use_tls=server.way == "starttls",
        use_ssl=server.way == "tls",
        timeout=20,
    )
    connection.open()
    connection.close()


def _sender(server: Server) -> str:
    """A likely address: of the portal's own domain, of whoever signs in, else of the owner."""
    if "@" in server.user:
        return server.user
    if phones_reach(the_clinic().address):
        return f"portal@{urlsplit(the_clinic().address).hostname}"
    owner = address_of_account(the_boss().person)
    return f"portal@{owner.rpartition('@')[2]}"


def _keep(server: Server, sender: str) -> None:
    """In the settings file, for every process to come, and in this process for the test."""
    write_settings(
        smtp_host=server.host,
        smtp_port=server.port,
        smtp_user=server.user,
        smtp_password=server.password,
        smtp_starttls="yes" if server.way == "starttls" else "no",
        smtp_tls="yes" if server.way == "tls" else "no",
        mail_from=sender,
    )
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = server.user, server.password
    settings.EMAIL_USE_TLS = server.way == "starttls"
    settings.EMAIL_USE_SSL = server.way == "tls"
    settings.DEFAULT_FROM_EMAIL = sender
