"""The measure "planned endings": who counts, and for whom it holds."""

from waymark.cohort.measure import Measure

MEASURE = Measure(
    id="planned-ending",
    title="Planned endings",
    definition=("Courses that ended as planned, of those that ended and say how."),
    source="Usual in service reports; drop-out is the rest",
    of_sql="status = 'planned' OR status = 'dropout'",
    holds_sql="status = 'planned'",
    of=lambda f: f.status in ("planned", "dropout"),
    holds=lambda f: f.status == "planned",
    masks=lambda c: (
        c.planned | c.dropout,
        c.planned,
    ),
    better=True,
)
