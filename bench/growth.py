"""What the growth model costs beside lme4 and statsmodels, and whether all give the same figures.

`python -m bench.growth`. lme4 is measured where `Rscript` and lme4 are, statsmodels where it can be
imported; where they are not, that is printed. Each fit alone is timed, reading excluded on both
sides, in rounds that alternate.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import process_time

import numpy as np
from numpy.typing import NDArray

from bench.clock import alternated
from waymark.cohort.growth import Growth, fit, sums_of

Array = NDArray[np.float64]
PROGRAM = Path(__file__).with_suffix(".R")
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Rows:
    """A cohort: rows by client, the first row of each, and a severity from before the start."""

    starts: NDArray[np.intp]
    owner: NDArray[np.intp]
    sessions: Array
    scores: Array
    severity: Array


@dataclass(frozen=True, slots=True)
class Task:
    """One comparison: ``missing`` of sessions at random, with or without severity."""

    name: str
    clients: int
    missing: float
    severity: bool = False


TASKS = (
    Task("all sessions", 10_000, 0.0),
    Task("8% missing at random", 10_000, 0.08),
    Task("baseline x time", 10_000, 0.0, severity=True),
    Task("all sessions", 100_000, 0.0),
    Task("8% missing at random", 100_000, 0.08),
    Task("baseline x time, 8% missing", 100_000, 0.08, severity=True),
)
STATSMODELS = Task("all sessions", 10_000, 0.0)


def main() -> None:
    print("| growth model, REML | clients | patterns | CPU s | lme4 CPU s | | apart |")
    print("|---|---|---|---|---|---|---|")
    for task in TASKS:
        _compare(task)
    print(f"\n{_lacking() or 'lme4: nloptwrap without derivative check; apart: from bobyqa'}\n")
    _statsmodels()


def draw(task: Task, *, seed: int = 3) -> Rows:
    """Some ten sessions a client; the first two are never missing."""
    rng = np.random.default_rng(seed)
    lengths = np.clip(rng.poisson(10, task.clients), 2, 24)
    who = np.repeat(np.arange(task.clients), lengths)
    begins = np.repeat(np.cumsum(lengths) - lengths, lengths)
    session = (np.arange(len(who)) - begins + 1).astype(float)
    severity = rng.normal(0, 4, task.clients)
    own = rng.multivariate_normal([15.6, -2.3], [[12, -1], [-1, 1.7]], task.clients)
    own += severity[:, None] * np.array([0.8, -0.12])
    score = own[who, 0] + own[who, 1] * np.log(session) + rng.normal(0, 2.1, len(who))
    kept = (rng.random(len(who)) >= task.missing) | (session <= 2)
    starts = np.flatnonzero(np.diff(who[kept], prepend=-1))
    return Rows(starts, who[kept], session[kept], score[kept], severity)


def ours(rows: Rows, task: Task) -> Growth:
    severity = rows.severity if task.severity else None
    return fit(sums_of(rows.starts, rows.sessions, rows.scores, severity=severity))


def _compare(task: Task) -> None:
    rows = draw(task)
    patterns = len(sums_of(rows.starts, rows.sessions, rows.scores).n)
    found = ours(rows, task)
    theirs, apart = "", ""
    spent: dict[str, list[float]] = {"ours": [], "lme4": []}
    with tempfile.TemporaryDirectory(prefix="waymark-bench-") as folder:
        path = Path(folder) / "rows.csv"
        if not _lacking():
            _write(rows, path)
        for _ in range(ROUNDS):
            spent["ours"].append(_spent(lambda: ours(rows, task)))
            if path.exists():
                spent["lme4"].append(_lme4(path, task, "nloptwrap")[0])
        if path.exists():
            theirs = f"{median(spent['lme4']):.2f}"
            apart = _apart(found, _lme4(path, task, "bobyqa")[1])
    mine = median(spent["ours"])
    ratio = f"{float(theirs) / mine:.0f}x" if theirs else ""
    print(
        f"| {task.name} | {task.clients:,} | {patterns} | {mine:.4f} | {theirs} | {ratio} "
        f"| {apart} |",
        flush=True,
    )


def _spent(call: Callable[[], object], *, each: int = 5) -> float:
    return alternated({"": call}, rounds=1, each=each)[""]


def _write(rows: Rows, path: Path) -> None:
    columns = (rows.owner, np.log(rows.sessions), rows.scores, rows.severity[rows.owner])
    np.savetxt(path, np.stack(columns, axis=1), delimiter=",", comments="", fmt="%.17g",
               header="client,log_session,score,severity")  # fmt: skip


def _lme4(path: Path, task: Task, optimizer: str) -> tuple[float, Array]:
    """CPU seconds of one fit, and its figures, the criterion last."""
    words = [str(path), "severity" if task.severity else "plain", optimizer]
    told = subprocess.run(
        ["Rscript", "--vanilla", str(PROGRAM), *words], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    return float(told[0]), np.array([float(one) for line in told[1:] for one in line.split()])


def _apart(found: Growth, theirs: Array) -> str:
    """The largest relative distance of any parameter, and that of -2 log REML."""
    mine = np.array([*found.beta, found.cov[0, 0], found.cov[0, 1], found.cov[1, 1], found.sigma2])
    parameters = np.abs(mine / theirs[:-1] - 1).max()
    return f"{parameters:.0e}; criterion {found.criterion - theirs[-1]:+.0e}"


def _lacking() -> str | None:
    """Why lme4 cannot be measured here; None: it can."""
    if shutil.which("Rscript") is None:
        return "lme4 was not measured: there is no Rscript here."
    asked = ["Rscript", "--vanilla", "-e", "library(lme4)"]
    if subprocess.run(asked, check=False, capture_output=True).returncode:
        return "lme4 was not measured: R has no lme4 here."
    return None


def _statsmodels() -> None:
    try:
        from statsmodels.regression.mixed_linear_model import MixedLM
    except ModuleNotFoundError:
        print("statsmodels was not measured: it cannot be imported here.")
        return
    rows = draw(STATSMODELS)
    design = np.stack([np.ones(len(rows.scores)), np.log(rows.sessions)], axis=1)
    start = process_time()
    theirs = MixedLM(rows.scores, design, rows.owner, exog_re=design).fit(reml=True)
    spent = process_time() - start
    mine = median(_spent(lambda: ours(rows, STATSMODELS)) for _ in range(ROUNDS))
    found = ours(rows, STATSMODELS)
    apart = np.abs(np.asarray(theirs.fe_params) / found.beta - 1).max()
    print(
        f"statsmodels MixedLM, {STATSMODELS.clients:,} clients: {spent:.1f} CPU s "
        f"({spent / mine:,.0f}x); fixed effects {apart:.0e} apart"
    )


if __name__ == "__main__":
    main()
