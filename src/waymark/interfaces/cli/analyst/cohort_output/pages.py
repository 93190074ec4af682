"""A cohort's summary as one self-contained page."""

from pathlib import Path

from django.template import Context, Engine

from waymark.cohort.reports.page import figures_of
from waymark.cohort.reports.summary import Summary
from waymark.interfaces.cli.analyst.page import policy_of, styles

HERE = Path(__file__).parent


def as_html(summary: Summary) -> str:
    """No script, nothing fetched, light and dark."""
    css = styles()
    page = {"css": css, "policy": policy_of(css), **figures_of(summary)}
    engine = Engine(dirs=[str(HERE)])
    return engine.get_template("report.html").render(Context(page, use_l10n=False))
