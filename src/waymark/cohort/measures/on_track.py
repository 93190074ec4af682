"""The measure "on the expected course": who counts, and for whom it holds."""

from waymark.cohort.measure import Measure

MEASURE = Measure(
    id="on-track",
    title="On the expected course",
    definition=(
        "The last score is not beyond the worse end of the 80% range expected after the same "
        "first score, of the paired courses. The course is fitted on this same extract: about "
        "90% of all are on it by construction, so read it between groups."
    ),
    source="Finch, Lambert & Schaalje 2001 (upper limit of the two-sided 80% interval)",
    of_sql="n > 1 AND fitted",
    holds_sql="on_track",
    of=lambda f: f.paired and f.fitted,
    holds=lambda f: f.on_track,
    waits=lambda c: (c.fitted, c.on_track),
    better=True,
)
