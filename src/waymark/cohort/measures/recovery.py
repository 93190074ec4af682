"""The measure "recovery": who counts, and for whom it holds."""

from waymark.cohort.measure import Measure

MEASURE = Measure(
    id="recovery",
    title="Recovery",
    definition=(
        "A case at the start and none at the end, of the paired courses that were a case "
        "at the start."
    ),
    source="NHS Talking Therapies manual (one measure alone here; `nhs` counts both)",
    of_sql="n > 1 AND case_first",
    holds_sql="NOT case_last",
    of=lambda f: f.paired and f.case_first,
    holds=lambda f: not f.case_last,
    masks=lambda c: ((c.n > 1) & c.case_first, ~c.case_last),
    better=True,
)
