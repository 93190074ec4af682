"""The measure "reliable recovery": who counts, and for whom it holds."""

from waymark.cohort.measure import Measure

MEASURE = Measure(
    id="reliable-recovery",
    title="Reliable recovery",
    definition=(
        "Recovery and reliable improvement both, of the paired courses that were a case "
        "at the start."
    ),
    source="NHS Talking Therapies manual",
    of_sql="n > 1 AND case_first",
    holds_sql="NOT case_last AND improved",
    of=lambda f: f.paired and f.case_first,
    holds=lambda f: not f.case_last and f.improved,
    masks=lambda c: ((c.n > 1) & c.case_first, ~c.case_last & c.improved),
    better=True,
)
