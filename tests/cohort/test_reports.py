"""A cohort's report is made of its counts alone: any page can draw it, and a program read it.

40 courses of the PHQ-9, from 18 on:  30 end at 8 (reliably better)   10 end at 18
in the north 37 of them, in the south 3: too few to be told
"""

from pathlib import Path

import pytest

from waymark.cohort.engine import with_totals
from waymark.cohort.engines.reference import Reference
from waymark.cohort.extract import known_rules
from waymark.cohort.reports.page import figures_of
from waymark.cohort.reports.plain import as_json
from waymark.cohort.reports.summary import Summary, summary_of


@pytest.fixture
def summary(tmp_path: Path) -> Summary:
    extract = tmp_path / "extract.csv"
    lines = ["client,instrument,session,score,site"]
    for client in range(40):
        site, last = "south" if client < 3 else "north", 8 if client < 30 else 18
        lines += [f"{client},phq-9,1,18,{site}", f"{client},phq-9,2,{last},{site}"]
    extract.write_text("\n".join(lines) + "\n")
    counts = with_totals(Reference().count(extract, rules=known_rules(), by="site"))
    return summary_of(counts, name="ours", by="site", exact=False)


def test_a_page_gets_words_and_widths_and_no_group_of_three(summary: Summary) -> None:
    (part,) = figures_of(summary)["parts"]
    better = next(one for one in part["lines"] if one["name"] == "Reliable improvement")
    assert (better["said"], better["share"]) == ("75.0%, 30 of 40", 75.0)
    shown = {one["name"]: one["said"] for one in better["groups"]}
    assert shown["south"] == "withheld"
    assert "3 of" not in str(figures_of(summary))


def test_a_page_and_a_program_are_told_the_same(summary: Summary) -> None:
    (told,) = as_json(summary)["instruments"]
    (part,) = figures_of(summary)["parts"]
    ids = [one.id for one in summary.parts[0].lines]
    assert [one["measure"] for one in told["measures"]] == ids
    for plain, drawn in zip(told["measures"], part["lines"], strict=True):
        assert (plain["value"] is not None) is drawn["known"]
        if drawn["known"]:
            assert drawn["said"].endswith(f"{plain['hits']:,} of {plain['of']:,}")
