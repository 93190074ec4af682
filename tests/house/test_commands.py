"""Every command is found by its folder, says what it does, and is called as its file is."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

from waymark.interfaces.cli.finding import COMMANDS, HERE, Wordless, commands_in


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_is_named_as_its_file_is(name: str) -> None:
    command = getattr(import_module(COMMANDS[name].module), name.replace("-", "_"))
    assert isinstance(command, click.Command)
    assert command.name == name
    assert command.help


def test_every_file_among_the_commands_is_one() -> None:
    files = {path for path in HERE.rglob("commands/*.py") if path.name != "__init__.py"}
    assert len(files) == len(COMMANDS)


@pytest.mark.parametrize(
    "opening",
    [
        "import click\n",  # nothing at all
        '"""Count the stars."""\n',  # not its name
        '"""`waymark count`: count the stars."""\n',  # another name
        '"""`waymark count-stars`"""\n',  # no words
    ],
)
def test_a_command_without_its_words_is_named(tmp_path: Path, opening: str) -> None:
    folder = tmp_path / "astronomer" / "commands"
    folder.mkdir(parents=True)
    (folder / "__init__.py").touch()
    (folder / "count_stars.py").write_text(opening)
    with pytest.raises(Wordless, match=r"astronomer/commands/count_stars.py must open with"):
        dict(commands_in(tmp_path))
    (folder / "count_stars.py").write_text('"""`waymark count-stars`: count the stars."""\n')
    ((name, found),) = commands_in(tmp_path)
    assert (name, found.words) == ("count-stars", "count the stars")


def test_help_loads_no_command() -> None:
    """Eighteen commands, and not one of them is imported to print a line about it."""
    asked = (
        "import sys; from click.testing import CliRunner; from waymark.interfaces.cli.main import"
        " main; assert CliRunner().invoke(main, ['--help']).exit_code == 0;"
        "print(*(name for name in sys.modules if name.startswith(('django', 'waymark'))))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    house = {"waymark", "waymark.interfaces", "waymark.interfaces.cli"}
    assert set(done.stdout.split()) == house | {
        "waymark.interfaces.cli.main",
        "waymark.interfaces.cli.finding",
    }
