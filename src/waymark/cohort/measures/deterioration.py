"""The measure "reliable deterioration": who counts, and for whom it holds."""

from waymark.cohort.measure import Measure

MEASURE = Measure(
    id="deterioration",
    title="Reliable deterioration",
    definition=("Worse by at least the reliable change, of the paired courses."),
    source="Jacobson & Truax 1991; the threshold each instrument names",
    of_sql="n > 1",
    holds_sql="worse",
    of=lambda f: f.paired,
    holds=lambda f: f.worse,
    masks=lambda c: (c.n > 1, c.worse),
    better=False,
)
