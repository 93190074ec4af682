"""A stored value that does not open: that record is named as unreadable, the others stand as ever.

Amy and Ana are Ben's. Somebody with the database in hand has put a value of another row in Ana's.
"""

import pytest
from django.urls import reverse

from tests.cast import Cast, looking, welcome
from tests.interfaces.clinic.test_caseload import answered
from tests.interfaces.conftest import BrowserOf
from tests.record.steps import answer, concern_of, phq9
from waymark.record.assessments.models import Score
from waymark.record.safety.models import ConcernEntry
from waymark.record.tenancy.models import Patient
from waymark.record.vault.fields import Closed

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
CANNOT = "which cannot be read"


def swap(table: type[Patient] | type[Score] | type[ConcernEntry], column: str, cast: Cast) -> None:
    """Ana's value is that of somebody else's row; the seal holds, and it does not open."""
    own = {"pk" if table is Patient else "patient": cast.patients["ana"].pk}
    with looking():
        for row in table._base_manager.filter(**own):
            held = bytes(row.__dict__[column])
            changed = held[:-1] + bytes([held[-1] ^ 1])
            table._base_manager.filter(pk=row.pk).update(**{column: Closed(changed)})


@pytest.mark.parametrize(("who", "page"), [("ben", "caseload"), ("ada", "clients")])
def test_a_name_that_does_not_open_hides_nobody_else(
    lakeside: Cast, browser_of: BrowserOf, who: str, page: str
) -> None:
    welcome(lakeside, "amy", clinician="ben")
    swap(Patient, "name", lakeside)
    html = browser_of(who).get(reverse(page)).content.decode()
    assert CANNOT in html
    assert str(lakeside.patients["ana"].audit_number)[:8] in html
    assert "Amy" in html


def test_scores_that_do_not_open_put_the_record_first(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    welcome(lakeside, "amy", clinician="ben")
    answered(lakeside, "ana", 12, days=0)
    swap(Score, "result", lakeside)
    html = browser_of("ben").get(reverse("caseload")).content.decode()
    assert html.index(CANNOT) < html.index("Amy")
    assert "Tell whoever runs the portal now" in html


def test_a_concern_that_does_not_open_still_stands_on_the_board(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    answer(lakeside, "ana", phq9(q9=1))
    concern = concern_of(lakeside, "ana")
    assert concern is not None
    swap(ConcernEntry, "body", lakeside)
    html = browser_of("ben").get(reverse("concerns")).content.decode()
    assert CANNOT in html
    assert "A named person must have it by" in html
    assert reverse("concern-own", args=[concern.pk]) in html


def test_the_record_itself_says_so_and_shows_nothing(lakeside: Cast, browser_of: BrowserOf) -> None:
    answered(lakeside, "ana", 12, days=0)
    swap(Score, "result", lakeside)
    page = browser_of("ben").get(reverse("client", args=[lakeside.patients["ana"].pk]))
    assert page.status_code == 500
    assert "This record cannot be read." in page.content.decode()
    assert "Ana" not in page.content.decode()


def test_a_new_client_can_be_invited_all_the_same(lakeside: Cast, browser_of: BrowserOf) -> None:
    swap(Patient, "name", lakeside)
    form = {"name": "Mo Rivera", "adult": "on", "phone": "312 555 0143"}
    assert browser_of("ben").post(reverse("invite"), form).status_code in {200, 302}
