"""The few marks that charts are made of."""

from html import escape


def coordinate(value: float) -> str:
    """A tenth of a pixel is fine enough."""
    return f"{value:.1f}".removesuffix(".0")


def element(name: str, content: str = "", /, **attributes: str | float) -> str:
    """One element; ``class_`` is class, ``stroke_width`` is stroke-width; ``content`` is markup."""
    written = "".join(f' {_name(key)}="{_value(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def words(text: str, x: float, y: float, **attributes: str | float) -> str:
    """A line of text with its baseline at ``y``."""
    return element("text", escape(text), x=x, y=y, **attributes)


def _name(key: str) -> str:
    if key == "view_box":
        return "viewBox"
    if key.startswith("pattern_"):
        return "pattern" + key.removeprefix("pattern_").capitalize()
    return key.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else coordinate(value)
