"""Extracts on which engines are held against each other, and the counting of them."""

import csv
from pathlib import Path

import duckdb
import numpy as np

from waymark.cohort.engine import Counts, Engine
from waymark.cohort.extract import known_rules

RULES = known_rules()
COLUMNS = ("client", "instrument", "session", "score", "site", "part", "status")


def written(rows: list[tuple], folder: Path, *, kind: str, text_clients: bool = False) -> Path:
    """The rows as a file; clients may be words, and then nothing rises by itself."""
    path = folder / f"extract.{kind}"
    plain = folder / "plain.csv"
    with plain.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for client, *rest in rows:
            writer.writerow([f"c{client}" if text_clients else client, *rest])
    if kind == "csv":
        return plain
    path.unlink(missing_ok=True)
    with duckdb.connect() as con:
        con.execute(  # a path of the test's own
            f"COPY (SELECT * REPLACE (CAST(score AS TINYINT) AS score) FROM read_csv('{plain}', "
            f"types = {{'part': 'VARCHAR', 'site': 'VARCHAR', 'status': 'VARCHAR'}})) "
            f"TO '{path}' (FORMAT parquet)"
        )
    return path


def counted(engine: Engine, path: Path, by: str) -> Counts:
    found = engine.count(path, rules=RULES, by=by)
    found.shares = {id: shares for id, shares in found.shares.items() if shares}
    return found


def improving(seed: int = 3) -> list[tuple]:
    """240 courses of three sessions at two sites."""
    rng = np.random.default_rng(seed)
    rows = []
    for client in range(240):
        start, slope = rng.normal((15, -2), (4, 1.5))
        for session in (1, 2, 3):
            score = int(np.clip(round(start + slope * np.log(session) + rng.normal(0, 2)), 0, 27))
            rows.append((client, "phq-9", session, score, ("north", "south")[client % 2], "1", ""))
    return rows
