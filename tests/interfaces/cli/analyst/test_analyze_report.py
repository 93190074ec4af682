"""The HTML report: one file that fetches and runs nothing, counts with their denominators."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner

from tests.interfaces.cli.analyst.test_analyze import OWN, course, file_of
from waymark.interfaces.cli.analyst.analysis.report import MOST_REFUSALS
from waymark.interfaces.cli.analyst.commands.analyze import analyze

PEOPLE = (
    course(18, 15, 7, client="ana"),
    course(18, 14, 12, client="ben"),
    course(12, 13, 12, client="cleo"),
    course(8, 12, 16, client="dee"),
    course(14, client="eli"),
)


class Page(HTMLParser):
    """Text by element, and everything that could fetch, run or style."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.open[-1] if self.open else "", " ".join(data.split())))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for found, attrs in self.tags if found == tag]

    @property
    def text(self) -> str:
        return " ".join(text for tag, text in self.texts if tag not in {"style", "title", "desc"})


def report(*courses: str, options: tuple[str, ...] = ()) -> str:
    data = file_of(*courses)
    result = CliRunner().invoke(analyze, ["-", "--format", "html", *options], input=data)
    assert result.exit_code in {0, 1}, result.output
    return result.stdout


def page(*courses: str, options: tuple[str, ...] = ()) -> Page:
    return Page(report(*courses, options=options))


def test_it_is_whole_and_says_what_it_is():
    found = page(*PEOPLE)
    assert found.of("html")[0]["lang"] == "en"
    assert "5 clients, 13 scores, from standard input." in found.text
    assert found.open == []


def test_nothing_is_fetched_and_nothing_runs():
    text = report(*PEOPLE, options=("--rule", "nhs"))
    found = Page(text)
    assert not {tag for tag, _ in found.tags} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "base",
    }
    attributes = {name for _, attrs in found.tags for name in attrs}
    assert not {name for name in attributes if name.startswith("on") or name in {"src", "style"}}
    assert not re.search(r"https?:|@import|url\((?!#)", text)


def test_the_policy_allows_this_style_and_nothing_else():
    text = report(*PEOPLE)
    policy = next(
        attrs["content"] for attrs in Page(text).of("meta") if attrs.get("http-equiv")
    )  # fmt: skip
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{digest}';" in policy


def test_it_knows_day_and_night():
    style = re.search(r"<style>(.*?)</style>", report(*PEOPLE), re.DOTALL)[1]
    assert "prefers-color-scheme: dark" in style
    assert "--paper: #faf7f1" in style
    assert "--paper: #141b19" in style


def test_no_card_waits_to_be_scrolled_to():
    """A browser would leave it blank on paper, and in a picture of the whole page."""
    assert "content-visibility" not in report(*PEOPLE)


def test_every_count_has_its_denominator():
    text = page(*PEOPLE).text
    assert "5 clients, 4 judged; not judged: 1 with one score." in text
    for line in (
        "Worse reliably worse 1 of 4",
        "Recovered reliably better, from the clinical to the functional side of the cut-off 1 of 4",
        "Improved reliably better, without crossing the cut-off 1 of 4",
        "No reliable change within the usual ups and downs 1 of 4",
        "Of those who were a case at the start, 1 of 3 recovered.",
    ):
        assert line in text
    assert "no comparison group" in text


def test_what_each_measure_was_judged_by_is_said():
    text = page(*PEOPLE).text
    assert "Lower is better. A move counts from 6 points (NHS Talking Therapies" in text
    assert "a score on it counts on the clinical side." in text
    own = page(course(30, 10, instrument="own"), options=(*OWN, "--cutoff", "20")).text
    assert "A move counts beyond 7.84 points (Jacobson & Truax 1991" in own
    assert "Cut-off 20 (--cutoff); a score on it counts on neither side." in own
    assert "Worse, now a case" in own
    bare = page(course(30, 10, instrument="own"), options=OWN).text
    assert "No cut-off is known, so recovery is not judged." in bare
    assert "Of those who were a case" not in bare


def test_a_measure_without_a_known_error_is_shown_and_not_judged():
    text = page(course(20, 5, instrument="k6")).text
    assert "1 client, 0 judged; not judged: 1 with no known error." in text
    assert "Nothing is known of its error, so nothing is judged." in text


@pytest.mark.parametrize(
    ("days", "why"),
    [
        (("2026-01-05", "2026-01-05"), "1 with scores of one moment"),
        (("2026-01-05", "2026-01-12"), "1 with no known error"),
    ],
)
def test_why_some_were_not_judged_is_counted(days, why):
    rows = [f"ana,k6,{day},{score}" for day, score in zip(days, (20, 9), strict=True)]
    assert why in page(*rows).text


def test_those_who_need_someone_first_stand_first():
    found = page(*PEOPLE)
    names = [text for tag, text in found.texts if tag == "h3"]
    assert names == ["dee", "ana", "ben", "cleo", "eli"]
    groups = [attrs["id"] for attrs in found.of("section") if "id" in attrs]
    assert groups == ["deteriorated", "recovered", "improved", "unchanged", "not-judged"]
    links = {attrs["href"] for attrs in found.of("a")}
    assert links <= {f"#{group}" for group in groups}


def test_each_course_has_a_sentence_a_chip_and_a_picture():
    found = page(course(8, 12, 16, client="dee"))
    assert "PHQ-9: reliable deterioration, 8 to 16 (+8)." in found.text
    assert "Reliable deterioration" in found.text
    assert "A move counts from 6 points" in found.text
    pictures = [attrs for attrs in found.of("svg") if attrs.get("class") == "course"]
    assert [attrs["role"] for attrs in pictures] == ["img"]
    said = [text for tag, text in found.texts if tag == "desc"]
    assert said == ["Scores in order: 8, 12, 16. Lower is better."]


def test_ids_are_never_used_twice():
    ids = re.findall(r'\sid="([^"]+)"', report(*PEOPLE, course(9, 3, instrument="gad-7")))
    assert len(ids) == len(set(ids))


def test_a_course_within_a_month_is_counted_and_not_claimed():
    rows = ("ana,phq-9,2026-01-05,18", "ana,phq-9,2026-01-19,7")
    text = page(*rows).text
    assert "1 course shorter than 28 days" in text
    assert "PHQ-9: too early to say, 18 to 7 (-11) so far." in text


def test_whatever_stands_in_the_file_is_only_text():
    evil = "<script>alert(1)</script>"
    options = (*OWN, "--cutoff", "20")
    text = report(course(30, 10, client=evil, instrument="<b>own</b>"), options=options)
    assert "<script" not in text
    assert "<b>own" not in text
    assert evil in Page(text).text


def test_only_the_files_name_is_given_away(tmp_path):
    scores = tmp_path / "scores.csv"
    scores.write_text(file_of(*PEOPLE))
    result = CliRunner().invoke(analyze, [str(scores), "--format", "html"])
    assert "from scores.csv." in Page(result.stdout).text
    assert str(tmp_path) not in result.stdout


def test_rows_left_out_are_listed_and_linked():
    found = page(*PEOPLE, "fay,phq-9,2026-01-05,99")
    assert "1 row left out" in found.text
    assert "Line 15: score 99 is outside" in found.text
    assert {"href": "#left-out"} in found.of("a")


def test_of_very_many_bad_rows_the_first_are_listed():
    bad = ["fay,phq-9,2026-01-05,99"] * (MOST_REFUSALS + 50)
    found = page(*PEOPLE, *bad)
    assert f"{MOST_REFUSALS + 50} rows left out" in found.text
    assert len(found.of("li")) == MOST_REFUSALS


def test_nhs_rates_stand_with_their_denominators():
    pairs = [
        course(18, 7, client="1"), course(14, 5, client="1", instrument="gad-7"),
        course(5, 5, client="2"), course(5, 5, client="2", instrument="gad-7"),
    ]  # fmt: skip
    text = page(*pairs, options=("--rule", "nhs")).text
    assert "Reliable improvement 1 of 2 50.0%" in text
    assert "Reliable recovery 1 of 1 100.0%" in text
    assert "NHS Talking Therapies outcomes" not in page(*pairs).text
    nobody = page(*pairs[2:], options=("--rule", "nhs")).text
    assert "Recovery 0 of 0 none" in nobody


def test_five_thousand_clients_make_a_file_of_a_sane_size():
    some = [course(18, 15, 12, 9, 7, 5, client=str(place)) for place in range(300)]
    text = report(*some)
    assert text.count('class="course"') == 300
    assert len(text) / 300 < 3_000  # bytes a client, so 15 MB for 5,000
