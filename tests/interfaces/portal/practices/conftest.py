"""Somebody at a browser beside Ana at her phone, and the clock that both go by."""

from tests.interfaces.accounts.conftest import browser, clock

__all__ = ["browser", "clock"]
