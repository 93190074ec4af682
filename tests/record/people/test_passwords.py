"""What makes a password too weak, whatever it is written in."""

import pytest

from waymark.record.people.passwords import LONGEST, password_faults

FLAGS = "\U0001f33b\U0001f41d\U0001f33b\u2728\U0001f41d\U0001f33b\u2728\U0001f41d"


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("ana-the-sailor", "Ana.The.Sailor"),
        ("ana-the-sailor", "ana-the-sailor-ana"),
        (FLAGS * 2, FLAGS * 2),  # signs, and no word in them
        (FLAGS, FLAGS + " " + FLAGS),
        ("!?*!?*!?*!?*", "!?*!?*!?*!?*"),
        ("!?*!?*!?*!?*", "\uff01\uff1f\uff0a" * 4),  # the same, in wide signs
        ("\u0661\u0662\u0663-ana-ana-ana", "\u0661\u0662\u0663-ANA-ANA-ana"),
    ],
)
def test_the_sign_in_name_is_no_password(login: str, password: str) -> None:
    assert "your name and nothing else" in password_faults(password, names=(login, "Ana Roe"))


@pytest.mark.parametrize("password", ["walnut-kite-harbor", FLAGS * 2])
def test_another_one_is(password: str) -> None:
    assert password_faults(password, names=("ana-at-home", "")) == ""


@pytest.mark.parametrize("password", ["x" * (LONGEST + 1), "walnut-kite-\ud800-harbor"])
def test_what_could_never_be_checked_is_not_chosen(password: str) -> None:
    assert password_faults(password, names=("ana-at-home",))
