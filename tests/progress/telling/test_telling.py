"""Who is told what, which finding leads, and what is never left out."""

from dataclasses import replace
from datetime import date

import pytest

from tests.progress.drawn import NAMES, series
from waymark.library.instrument import Cutoff
from waymark.progress.course.timeline import Timeline
from waymark.progress.signals.engine import judge
from waymark.progress.signals.score_signal import Looks
from waymark.progress.signals.scores import SIGNALS
from waymark.progress.signals.signal import Tone
from waymark.progress.telling.scores import is_harder, tell
from waymark.progress.telling.told import NEXT_STEP, Audience, Chip, Told


def told(*drawings: str, to: Audience = Audience.CLIENT, **more) -> Told:
    findings = judge(Timeline(tuple(series(drawing) for drawing in drawings)))
    return tell(findings, to=to, called=NAMES, **more)


def test_an_improvement_says_direction_size_certainty_and_period_first():
    said = told("PHQ-9: 18 17 16 12 11")
    assert said.headline == (
        "Your low mood answers are clearly lower than in June: 18 then, 11 now."
    )
    assert said.detail == (
        "Lower is better here. They have moved by 7 points. Moves of less than 6 points can come "
        "from the usual ups and downs, and this is more. It rests on 5 answers, from June 2 to "
        "July 28."
    )
    assert said.chips == (Chip("Clear change", Tone.GOOD),)
    assert said.next_step == ""


def test_a_rise_is_good_where_higher_is_better():
    said = told("Well-being: 20 25 31 33")
    assert said.headline.startswith("Your well-being answers are clearly higher than in June")
    assert said.detail.startswith("Higher is better here.")


def test_recovery_names_the_line_and_never_calls_the_client_recovered():
    said = told("PHQ-9: 18 12 8")
    assert "The last one is under 10, a line many services use." in said.detail
    assert said.chips == (Chip("Clear change, now under 10", Tone.GOOD),)
    assert "recovered" in told("PHQ-9: 18 12 8", to=Audience.CLINICIAN).headline


def test_noise_is_called_noise():
    said = told("PHQ-9: 18 17 16 14 13")
    assert "within their usual ups and downs since June: 18 then, 13 now" in said.headline
    assert "no clear change either way" in said.detail
    assert said.chips == (Chip("Usual ups and downs", Tone.PLAIN),)


def test_a_decline_names_itself_its_basis_and_a_next_step():
    said = told("PHQ-9: 8 14 12 16", person="Ben Okafor")
    assert said.headline == "Your low mood answers are clearly higher than in June: 8 then, 16 now."
    assert "It rests on 4 answers, from June 2 to July 14." in said.detail
    assert "Many people have a stretch like this on the way." in said.detail
    assert "Sometimes it also means that the therapy needs to change." in said.detail
    assert said.next_step.startswith("Bring this to Ben Okafor when you next meet")
    assert "Ben Okafor can see this too." in said.next_step
    assert said.chips == (Chip("Clearly higher than before", Tone.WATCH),)


def test_a_decline_leads_and_nothing_beside_it_is_cheered():
    said = told("Well-being: 20 40 60", "PHQ-9: 8 14 16")
    assert said.headline.startswith("Your low mood answers are clearly higher")
    assert "Your answers do not all point the same way." in said.detail
    assert "Your well-being answers are clearly higher than on June 2: 20 then" in said.detail
    assert said.chips == (
        Chip("Low mood: Clearly higher than before", Tone.WATCH),
        Chip("Well-being: Clear change, now over 50", Tone.PLAIN),
    )
    assert said.next_step


def test_two_good_strands_agree():
    said = told("Well-being: 20 40 60", "PHQ-9: 18 12 8")
    assert "do not all point" not in said.detail
    assert {chip.kind for chip in said.chips} == {Tone.GOOD}


def test_what_was_lost_again_takes_the_cheer_out_of_an_improvement():
    said = told("PHQ-9: 18 4 6 11")
    assert "At their best they stood at 4, on June 16." in said.detail
    assert said.chips == (
        Chip("Clear change", Tone.PLAIN),
        Chip("Higher again since June 16", Tone.WATCH),
    )
    assert said.next_step


def test_a_worsening_in_the_first_month_is_no_claim_and_no_silence():
    said = told("PHQ-9: 8 16")
    assert said.headline == "It is too early to say how your low mood answers are changing."
    assert "They went from 8 to 16, from June 2 to June 16 (2 answers)." in said.detail
    assert "More can be said from June 30." in said.detail
    assert "So far they are higher by 8 points, and lower is better here." in said.detail
    assert Chip("Higher so far", Tone.WATCH) in said.chips
    assert said.next_step


def test_the_clinician_sees_the_official_label_in_the_first_month():
    said = told("PHQ-9: 8 16", to=Audience.CLINICIAN)
    assert said.headline == "Low mood: too early to say, 8 to 16 (+8) so far."
    assert "by the rule alone the figures read: deteriorated." in said.detail
    assert said.next_step


@pytest.mark.parametrize(
    ("drawing", "sentence"),
    [
        ("PHQ-9:", "There are no answers yet."),
        ("PHQ-9: 18", "There is one answer so far: 18, on June 2."),
        ("Distress: 18", "There is one answer so far: 18, on June 2."),
        ("PHQ-9 every 0 days: 18 9", "There are 2 answers so far, all on June 2."),
        ("Distress: 18 12 18", "They stayed at 18, from June 2 to June 30 (3 answers)."),
        ("Distress: 18 12 3", "They went from 18 to 3, from June 2 to June 30 (3 answers)."),
    ],
)
def test_where_nothing_can_be_said_the_answers_are_shown(drawing, sentence):
    assert sentence in told(drawing).detail


def test_what_is_drawn_from_before_is_not_said_to_be_missing():
    """Two totals of May are drawn; care began in June, and nothing was answered since."""
    earlier = replace(series("PHQ-9: 18 16"), started=date(2027, 1, 1))
    for to, sentence in (
        (Audience.CLIENT, "There are no answers yet from this time in care. Those shown are from"),
        (Audience.CLINICIAN, "No scores from this time in care. Those shown are from before it."),
    ):
        assert sentence in tell(judge(Timeline((earlier,))), to=to, called=NAMES).detail


def test_figures_side_by_side_add_up():
    """The last form had gaps: 6.75 worked out, 7 shown. 18 and 7 are eleven apart, not 11.25."""
    drawn = series("PHQ-9: 18 12 7")
    *rest, last = drawn.points
    gaps = replace(drawn, given=(*rest, replace(last, exact=6.75)))
    for to, words in ((Audience.CLIENT, "about 11 points"), (Audience.CLINICIAN, "(about -11)")):
        said = tell(judge(Timeline((gaps,))), to=to, called=NAMES)
        assert words in f"{said.headline} {said.detail}"
        assert "11.25" not in f"{said.headline} {said.detail}"


def test_client_and_clinician_are_given_one_answer():
    """No clear change either way is not "too early": that is another answer."""
    client, clinician = told("PHQ-9: 14 13 12"), told("PHQ-9: 14 13 12", to=Audience.CLINICIAN)
    assert "no clear change either way" in client.detail
    assert "too early" not in client.headline + client.detail
    assert "no reliable change" in clinician.headline


def test_what_it_takes_is_said():
    least = "It takes two answers, at least four weeks apart, before anything can be said."
    assert least in told("PHQ-9: 18").detail
    assert least in told("PHQ-9:").detail
    assert "It takes at least two answers before" in told("PHQ-9 by session: 18").detail


def test_a_clinician_reads_one_score_with_its_value():
    assert "1 score: 18, on June 2." in told("PHQ-9: 18", to=Audience.CLINICIAN).detail
    assert "No scores." in told("PHQ-9:", to=Audience.CLINICIAN).detail


def test_a_clinician_reads_rule_index_and_case_line():
    said = told("PHQ-9: 18 12 8", to=Audience.CLINICIAN)
    assert said.headline == "Low mood: recovered, 18 to 8 (-10), across the cut-off of 10."
    assert "3 scores, from June 2 to June 30." in said.detail
    assert "A move counts from 6 points (a test). RC = -3.21." in said.detail
    assert "From the clinical to the functional side of 10." in said.detail
    assert "Signal recovery, version 1" in said.how_we_know


def test_a_score_on_a_strict_cutoff_is_said_to_be_on_neither_side():
    drawn = series("PHQ-9: 18 12 8")
    strict = replace(drawn, scale=replace(drawn.scale, cutoffs=(Cutoff(8, "c", name="c"),)))
    said = tell(judge(Timeline((strict,))), to=Audience.CLINICIAN, called=NAMES)
    assert "stands exactly on the cut-off" in said.detail
    assert "side of 8" not in said.detail


@pytest.mark.parametrize(
    ("drawing", "remark"),
    [
        ("PHQ-9: 3 3 4", "You began close to the low end of this scale"),
        ("PHQ-9: 25 25 26", "You began close to the high end of this scale"),
        ("Well-being: 95 95 96", "You began close to the high end of this scale"),
        ("PHQ-9: 18i 12i 11", "2 answers come from earlier records."),
        ("PHQ-9: 18i 12 11", "1 answer comes from earlier records."),
        ("PHQ-9: 18~ 12 11", "One of the forms we compare had gaps."),
    ],
)
def test_what_a_client_must_know_is_added(drawing, remark):
    assert remark in told(drawing).detail


def test_room_at_the_ends_is_no_matter_where_there_is_a_verdict():
    assert "close to the" not in told("PHQ-9: 4 9 16").detail


def test_a_client_hears_nothing_of_case_lines_that_were_not_crossed():
    assert "case" not in told("PHQ-9: 9 7 3").detail
    clinician = told("PHQ-9: 9 7 3", to=Audience.CLINICIAN)
    assert "recovery does not apply" in clinician.detail


def test_how_we_know_says_where_the_figure_is_from_and_what_it_cannot_tell():
    known = told("PHQ-9: 18 12 8").how_we_know
    assert "Where the figure comes from: a test." in known
    assert "cannot tell what made things change" in known
    assert "No published figure" in told("Distress: 18 12 3").how_we_know


def test_help_is_named_where_a_risk_item_was_answered():
    assert "Need help now?" in told("PHQ-9: 18 12 8", risk_answer=True).next_step
    assert "concern" in told("PHQ-9: 18", to=Audience.CLINICIAN, risk_answer=True).next_step
    assert "Need help now?" in told("PHQ-9: 8 12 16", risk_answer=True).next_step


def test_silence_has_words_too():
    for audience in Audience:
        said = tell([], to=audience, called={})
        assert said.chips == ()
        assert said.headline


@pytest.mark.parametrize("drawing", ["PHQ-9: 18 12 8", "PHQ-9: 8 16", "PHQ-9: 18", "Distress: 9"])
def test_client_and_clinician_are_told_of_the_same_findings(drawing):
    client, clinician = told(drawing), told(drawing, to=Audience.CLINICIAN)
    assert len(client.chips) == len(clinician.chips)
    assert bool(client.next_step) == bool(clinician.next_step)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Low mood", "Your low mood answers"),
        ("PTSD signs", "Your PTSD signs answers"),
        ("How you treat yourself", 'Your answers to "How you treat yourself" are'),
        ("Worry, first look", 'Your answers to "Worry, first look" are'),
        (None, "Your PHQ-9 answers"),
    ],
)
def test_a_name_fits_into_the_sentence(name, said):
    findings = judge(Timeline((series("PHQ-9: 18 12 8"),)))
    called = {"PHQ-9": name} if name else {"another": "Another"}
    assert tell(findings, to=Audience.CLIENT, called=called).headline.startswith(said)


def test_a_scale_of_an_instrument_may_have_a_name_of_its_own():
    findings = judge(Timeline((series("PHQ-9: 18 12 8"),)))
    called = {"PHQ-9": "Low mood", "PHQ-9/total": "Mood"}
    assert tell(findings, to=Audience.CLIENT, called=called).headline.startswith("Your mood")


def test_what_counts_as_harder():
    harder = ["PHQ-9: 8 12 16", "PHQ-9: 8 16", "PHQ-9: 18 4 6 11"]
    calm = ["PHQ-9: 18 12 8", "PHQ-9: 18", "PHQ-9: 14 13 12", "Distress: 3 20 20"]
    found = [judge(Timeline((series(drawing),)))[0] for drawing in harder + calm]
    assert [is_harder(finding) for finding in found] == [True] * 3 + [False] * 4


@pytest.mark.parametrize("signal", SIGNALS.values(), ids=lambda signal: signal.id)
def test_a_clinician_reads_who_else_sees_a_finding(signal):
    """Clients read every finding, and what looks ahead only where it was opened with them."""
    step = signal.to_clinician.next or NEXT_STEP[Audience.CLINICIAN]
    together = "The client sees this finding where the expected course was opened with them"
    assert (together in step) is (signal.looks is Looks.AHEAD)
    assert ("The client sees this finding too." in step) is (signal.looks is not Looks.AHEAD)
