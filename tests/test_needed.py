"""What is needed and absent turns a run red in CI, and is told at a desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests import __main__ as suite
from tests import chromium, needed, postgres
from tests.needed import held, in_ci, lacks
from tests.postgres import Unavailable

RED, SKIPPED = pytest.fail.Exception, pytest.skip.Exception


@pytest.fixture(params=["true", ""], ids=["in CI", "at a desk"])
def where(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setenv("CI", request.param)
    assert in_ci() is bool(request.param)
    return bool(request.param)


@contextmanager
def absent() -> Iterator[Any]:
    raise Unavailable("no such program")
    yield


def test_an_absent_program_is_red_in_ci_alone(where: bool) -> None:
    for ends in (lambda: lacks("no such program"), lambda: held(absent()).__enter__()):
        with pytest.raises(RED if where else SKIPPED, match="no such program"):
            ends()


def test_postgresql_that_does_not_start_fails_the_run(
    where: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suite, "cluster", absent)
    assert suite._on_postgres([], [], {}) == int(where)


def test_postgresql_that_fails_its_tests_fails_the_run(
    where: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def found() -> Iterator[postgres.Cluster]:
        yield postgres.Cluster(1, suite.Path())

    monkeypatch.setattr(suite, "cluster", found)
    monkeypatch.setattr(suite, "_pytest", lambda words, environment: 1)
    assert suite._on_postgres([], [], {}) == 1


def test_a_missing_browser_is_not_passed_over_in_ci(
    where: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setattr(chromium, "CHROMIUM", tmp_path / "nowhere")
    *_, mark = chromium.marks("group", reason="pages were not looked at")
    assert mark.args[0] is not where


@pytest.fixture
def compared(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Any:
    """A test over two files of people, of which one lies beside the checkout."""
    (tmp_path / "here.csv").write_text("")
    monkeypatch.setattr(needed, "REFERENCE", tmp_path)
    item = request.node
    item.add_marker(needed.beside("here.csv", "gone.csv", instead="test_another"))
    yield item
    item.own_markers.clear()


def test_a_comparison_without_its_people_is_left_out_and_never_of_assurance(
    compared: Any, where: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYMARK_FULL", "")
    assert needed.sorted_out([compared]) == ([], [compared])
    monkeypatch.setenv("WAYMARK_FULL", "yes")
    assert needed.sorted_out([compared]) == ([compared], [])
    with pytest.raises(RED, match=r"needed and absent: gone.csv"):
        needed.must_lie_beside(compared)


def test_a_comparison_with_its_people_runs(compared: Any, tmp_path: Any) -> None:
    (tmp_path / "gone.csv").write_text("")
    assert needed.sorted_out([compared]) == ([compared], [])
    needed.must_lie_beside(compared)


def test_what_is_left_to_postgresql_is_run_there(where: bool) -> None:
    with pytest.raises(SKIPPED, match="runs on PostgreSQL"):
        needed.left_to_postgresql(needed.ROOT / "tests" / "record" / "people" / "test_wall.py")
    with pytest.raises(RED, match="nobody runs it"):
        needed.left_to_postgresql(needed.ROOT / "tests" / "progress" / "test_daily.py")
    assert set(postgres.FOLDERS) <= set(suite.ON_POSTGRES)
    assert all((needed.ROOT / name).exists() for name in postgres.FOLDERS)


@pytest.mark.parametrize("program", ["java", "chromium", "pgbouncer", "nginx", "initdb"])
def test_ci_installs_what_it_would_be_red_without(program: str) -> None:
    assert program in (needed.ROOT / ".ci" / "run").read_text()


def test_the_tests_that_need_a_program_ask_in_one_way() -> None:
    """No test file skips by itself what a machine could have: PostgreSQL, pgbouncer, nginx."""
    files = {str(path): path.read_text() for path in suite.Path("tests").rglob("*.py")}
    held_in = {name for name, text in files.items() if "except Unavailable" in text}
    assert held_in == {"tests/needed.py", "tests/__main__.py", "tests/test_needed.py"}
