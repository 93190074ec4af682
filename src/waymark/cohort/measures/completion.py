"""The measure "paired courses": who counts, and for whom it holds."""

from waymark.cohort.measure import Measure

MEASURE = Measure(
    id="completion",
    title="Paired courses",
    definition=("Courses with two scores or more, of all courses: the others cannot be judged."),
    source="NHS Talking Therapies manual (data completeness)",
    of_sql="n > 0",
    holds_sql="n > 1",
    of=lambda f: f.n > 0,
    holds=lambda f: f.paired,
    masks=lambda c: (c.n > 0, c.n > 1),
    better=None,
)
