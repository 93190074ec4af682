"""What every report of the command line shares: its styles, and the policy that shuts it in."""

import base64
import hashlib
from pathlib import Path

from waymark.interfaces import ui

LOOK = Path(ui.__file__).parent / "static" / "waymark" / "css"
STYLES = (
    LOOK / "tokens.css",
    LOOK / "charts.css",
    Path(__file__).parent / "analysis" / "report.css",
)


def styles() -> str:
    """All of them, to stand in the page itself."""
    return "\n".join(path.read_text(encoding="utf-8") for path in STYLES)


def policy_of(css: str) -> str:
    """Only the page's own style may be applied; nothing may be fetched or run."""
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
