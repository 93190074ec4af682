"""The measure "a sudden gain": who counts, and for whom it holds."""

from waymark.cohort.measure import Measure

MEASURE = Measure(
    id="sudden-gain",
    title="A sudden gain",
    definition=(
        "At least one sudden gain by the three criteria, of all courses with at least four scores."
    ),
    source="Tang & DeRubeis 1999",
    of_sql="n > 3",
    holds_sql="gains > 0",
    of=lambda f: f.n > 3,
    holds=lambda f: f.gains > 0,
    masks=lambda c: (c.n > 3, c.gains > 0),
    better=None,
)
