"""The measure "response": who counts, and for whom it holds."""

from waymark.cohort.measure import Measure

MEASURE = Measure(
    id="response",
    title="Response",
    definition=(
        "The last score is at most half of the first, of the paired courses of scales "
        "where lower is better."
    ),
    source="Usual in trials of depression (for example Rush et al. 2006)",
    of_sql="n > 1 AND lower",
    holds_sql="response",
    of=lambda f: f.paired and f.lower,
    holds=lambda f: f.response,
    masks=lambda c: ((c.n > 1) & c.lower, c.response),
    better=True,
)
