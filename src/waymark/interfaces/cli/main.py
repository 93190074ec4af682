"""The `waymark` command: finds its subcommands by name and loads only the one that is called."""

from importlib import import_module
from typing import Any

import click

COMMANDS = {
    "analyze": "judge a file of scores",
    "audit": "print the heads of the audit log, or verify it against one",
    "cohort": "count the outcomes of many courses",
    "demo": "serve a synthetic clinic",
    "docs": "write the generated reference pages",
    "doctor": "say what is missing before clients can come",
    "fit-course": "fit an expected course on finished episodes",
    "init": "set up a clinic, step by step",
    "instruments": "print the definitions of the library",
    "readmit": "let a colleague who lost phone and codes sign in again",
    "refit-course": "fit expected courses on finished episodes of this clinic",
    "score": "score one set of answers",
    "simulate": "draw people whose truth is known",
    "serve": "serve the portal: web and worker",
    "sudden-gains": "find sudden gains in a file of scores",
    "upgrade": "bring the tables to this version",
    "validate": "try the judgements on people whose truth is known",
    "worker": "run the worker alone",
}


class Lazy(click.Group):
    """Loads a subcommand when it is called, so that scoring one form does not load the portal."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        module = import_module(f"waymark.interfaces.cli.{name}")
        command: click.Command = getattr(module, name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a home that cannot be used is told with its remedy."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            from waymark.interfaces.cli.remedies import remedy_of

            if (remedy := remedy_of(error)) is None:
                raise
            raise click.ClickException(remedy) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="waymark")
def main() -> None:
    """Waymark makes slow, uneven progress in therapy visible and true."""
