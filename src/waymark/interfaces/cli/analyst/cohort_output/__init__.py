"""What `waymark cohort` writes: a cohort's summary as a table, as Parquet, and as a page."""
