"""The product in a real browser, served by the real server: walks of a person, and every page."""
