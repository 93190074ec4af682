"""Whole ways through the product, taken as people take them: terminal, web server, browser."""
