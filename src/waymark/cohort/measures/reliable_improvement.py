"""The measure "reliable improvement": who counts, and for whom it holds."""

from waymark.cohort.measure import Measure

MEASURE = Measure(
    id="reliable-improvement",
    title="Reliable improvement",
    definition=("Better by at least the reliable change, of the paired courses."),
    source="Jacobson & Truax 1991; the threshold each instrument names",
    of_sql="n > 1",
    holds_sql="improved",
    of=lambda f: f.paired,
    holds=lambda f: f.improved,
    masks=lambda c: (c.n > 1, c.improved),
    better=True,
)
