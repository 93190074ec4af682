"""The `waymark` command: finds its subcommands by folder and loads only the one that is called."""

from importlib import import_module
from typing import Any

import click

from waymark.interfaces.cli.finding import COMMANDS


class Lazy(click.Group):
    """Loads a subcommand when it is called, so that scoring one form does not load the portal."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(COMMANDS[cmd_name].module)
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a home that cannot be used is told with its remedy."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            from waymark.interfaces.cli.owner.remedies import remedy_of

            if (remedy := remedy_of(error)) is None:
                raise
            raise click.ClickException(remedy) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name].words) for name in sorted(COMMANDS)])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="waymark")
def main() -> None:
    """Waymark makes slow, uneven progress in therapy visible and true."""
