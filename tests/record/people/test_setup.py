"""Proving a set-up: the copy of the key, the backup folder, the mail that arrived."""

from pathlib import Path
from typing import Any

import pytest

from tests.cast import NOON, Cast, after, looking
from tests.record.steps import told
from waymark.record.people import actions as people
from waymark.record.people.models import Proof
from waymark.record.people.queries import proofs_of
from waymark.record.tenancy.action import Invalid, Refused
from waymark.record.vault.master import current

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def ada_does(cast: Cast, verb: Any, **given: Any) -> Any:
    return verb(cast.clinic, **given, by=cast.viewer("ada"), at=NOON)


def test_the_copy_is_written_in_groups_of_eight() -> None:
    groups = people.recovery_copy().split(" ")
    assert {len(group) for group in groups} == {8}
    assert bytes.fromhex("".join(groups)) == current()


@pytest.mark.parametrize("typed", [str.upper, str.strip, lambda copy: copy.replace(" ", "\n")])
def test_a_copy_typed_again_proves_itself(lakeside: Cast, typed: Any) -> None:
    ada_does(lakeside, people.prove_recovery, typed=typed(people.recovery_copy()))
    assert proofs_of(lakeside.clinic) == {"recovery-copy"}


@pytest.mark.parametrize("typed", ["", "5f5f", "00" * 32])
def test_a_wrong_copy_is_no_proof_and_nothing_is_lost(lakeside: Cast, typed: str) -> None:
    with pytest.raises(Invalid, match="nothing is lost") as caught:
        ada_does(lakeside, people.prove_recovery, typed=typed)
    assert caught.value.field == "typed"
    assert proofs_of(lakeside.clinic) == set()


def test_the_proof_does_not_keep_the_key(lakeside: Cast) -> None:
    ada_does(lakeside, people.prove_recovery, typed=people.recovery_copy())
    with looking():
        assert current().hex()[:8] not in str(Proof.objects.values().get())


def test_a_backup_folder_took_a_file_and_keeps_none(lakeside: Cast, tmp_path: Path) -> None:
    ada_does(lakeside, people.set_backup_target, folder=str(tmp_path))
    with looking():
        assert Proof.objects.get().detail == str(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_later_proof_replaces_the_one_before(lakeside: Cast, tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        ada_does(lakeside, people.set_backup_target, folder=str(tmp_path / name))
    with looking():
        assert Proof.objects.get().detail.endswith("second")


def test_a_folder_that_is_no_place_for_backups_is_refused(
    lakeside: Cast, tmp_path: Path, settings: Any
) -> None:
    settings.WAYMARK_HOME = tmp_path / "home"
    (tmp_path / "home" / "data").mkdir(parents=True)
    for folder, remedy in (
        ("backups", "not a folder here"),
        (str(tmp_path / "nowhere"), "not a folder here"),
        (str(tmp_path / "home" / "data"), "another disk"),
    ):
        with pytest.raises(Invalid, match=remedy) as caught:
            ada_does(lakeside, people.set_backup_target, folder=folder)
        assert caught.value.field == "folder"


def test_a_folder_that_takes_no_file_is_refused(lakeside: Cast, tmp_path: Path) -> None:
    (tmp_path / ".waymark-probe").mkdir()  # in the way of the file that is tried
    with pytest.raises(Invalid, match="cannot write"):
        ada_does(lakeside, people.set_backup_target, folder=str(tmp_path))


def test_a_test_mail_proves_nothing_until_somebody_saw_it(lakeside: Cast) -> None:
    ada_does(lakeside, people.send_test_mail)
    assert told("test") == [lakeside.accounts["ada"].pk]
    assert proofs_of(lakeside.clinic) == set()
    ada_does(lakeside, people.confirm_test_mail)
    assert proofs_of(lakeside.clinic) == {"test-mail"}


@pytest.mark.parametrize("verb", [people.send_test_mail, people.confirm_test_mail])
def test_the_set_up_is_the_administrators(lakeside: Cast, verb: Any) -> None:
    with pytest.raises(Refused):
        verb(lakeside.clinic, by=lakeside.viewer("ben"), at=after(hours=1))
