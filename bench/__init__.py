"""Benchmarks: ratios within one run, CPU seconds, medians of alternated rounds. Never a test."""
