"""Pictures of courses, drawn by the server as SVG: pure functions from figures to markup.

The markup keeps a strict content policy: classes and presentation attributes, no style attribute,
no script, all text escaped. The classes are those of ``charts.css``.
"""
