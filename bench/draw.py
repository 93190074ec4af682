"""The cohorts that are measured: drawn from a seed, written by client, in bounded memory."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

PART = 500_000
"""Clients drawn at a time."""

PHQ = (27, 15.6, 4.7, 2.1)
GAD = (21, 13.3, 4.3, 1.9)
"""Highest score, mean and SD of the first one, SD of the error."""


def draw(path: Path, *, clients: int, seed: int) -> None:
    """PHQ-9 and GAD-7 at each of some ten sessions. Clients differ in where they begin and in how
    they move with ln(session); 5% get worse, 15% have a lasting sudden gain of 3 to 9 points."""
    import duckdb

    with TemporaryDirectory(dir=path.parent) as folder, duckdb.connect() as con:
        parts = []
        for number, low in enumerate(range(0, clients, PART)):
            parts.append(f"'{folder}/{number}.parquet'")
            held = _columns(min(PART, clients - low), low, np.random.default_rng([seed, number]))
            con.register("held", held)
            con.execute(f"COPY ({SHAPE}) TO {parts[-1]} (FORMAT parquet, COMPRESSION zstd)")
            con.unregister("held")
        whole = f"SELECT * FROM read_parquet([{', '.join(parts)}])"
        con.execute(f"COPY ({whole}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")


SHAPE = (
    "SELECT client, CASE code WHEN 0 THEN 'phq-9' ELSE 'gad-7' END AS instrument, session, score "
    "FROM held"
)


def _columns(clients: int, first: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    lengths = np.clip(rng.poisson(9, clients) + 1, 2, 24)
    who = np.repeat(np.arange(clients, dtype=np.int32), lengths)
    session = sessions(lengths)
    scores = [scores_of(rng, who, session, *given) for given in (PHQ, GAD)]
    return {
        "client": np.repeat(who + np.int32(first), 2),
        "session": np.repeat(session, 2),
        "code": np.tile(np.array([0, 1], dtype=np.int8), len(who)),
        "score": np.stack(scores, axis=1).reshape(-1),
    }


def sessions(lengths: np.ndarray) -> np.ndarray:
    """1, 2, 3 and so on for each client."""
    begins = np.repeat(np.cumsum(lengths) - lengths, lengths)
    return (np.arange(len(begins)) - begins + 1).astype(np.int16)


def scores_of(rng, who, session, high, mean, sd, error) -> np.ndarray:
    clients = int(who[-1]) + 1
    slope = np.where(rng.random(clients) < 0.05, 1.5, rng.normal(-2.3, 1.3, clients))
    gain = np.where(rng.random(clients) < 0.15, rng.uniform(3, 9, clients), 0)
    level = rng.normal(mean, sd, clients)[who] + slope[who] * np.log(session)
    level -= gain[who] * (session > rng.integers(3, 9, clients)[who])
    return np.clip(np.round(level + rng.normal(0, error, len(who))), 0, high).astype(np.int8)
