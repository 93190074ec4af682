"""`waymark readmit`: let a colleague who lost phone and codes sign in again."""

import click

from waymark.interfaces.cli.owner import portal


@click.command()
@click.argument("email")
@click.option("--yes", is_flag=True, help="Do not ask.")
def readmit(email: str, *, yes: bool) -> None:
    """Take the second step away from whoever signs in with EMAIL, and end every sign-in of theirs.

    Their password stays. At the next sign-in they set up a new second step at once.
    """
    portal.start_whole()
    from waymark.interfaces.endpoint import now
    from waymark.record.people import actions
    from waymark.record.people.queries import account_by_login

    account = account_by_login(email)
    if account is None or not account.is_active:
        raise click.ClickException(f"Nobody signs in with {email}. Look at the spelling.")
    if not yes:
        click.confirm("Have you made sure that it is them who asks for it?", abort=True)
    actions.without_factors(account, at=now())
    click.echo("Done. They sign in with their password, and set up a new second step at once.")
