"""The measure "remission": who counts, and for whom it holds."""

from waymark.cohort.extract import REMISSION
from waymark.cohort.measure import Measure

MEASURE = Measure(
    id="remission",
    title="Remission",
    definition=(
        "The last score lies below the remission line, of the paired courses that were a "
        "case at the start."
    ),
    source="Kroenke et al. 2001 (PHQ-9 below 5); Spitzer et al. 2006 (GAD-7 below 5)",
    of_sql="n > 1 AND case_first AND has_remission",
    holds_sql="remitted",
    of=lambda f: f.paired and f.case_first and f.instrument in REMISSION,
    holds=lambda f: f.remitted,
    masks=lambda c: ((c.n > 1) & c.case_first & c.has_remission, c.remitted),
    better=True,
)
