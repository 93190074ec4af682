"""The measures in SQL that DuckDB and Spark share: the readable definition of every count."""

from collections.abc import Mapping

from waymark.cohort.engines.source import Source, rules_sql, shaped
from waymark.cohort.extract import LAST_SESSION, MISSING, OPTIONAL, Rules
from waymark.cohort.measures import MEASURES
from waymark.cohort.refit import GRAIN, LONGEST, Lines, Refit, running
from waymark.progress.change.sudden_gains import CRITICAL as BY_FREEDOM

CRITICAL = f"CASE df {' '.join(f'WHEN {df} THEN {t}' for df, t in BY_FREEDOM.items())} END"
"""Two-sided 5% points of t by degrees of freedom."""


def scores_sql(rules: Mapping[str, Rules], shaped: str) -> str:
    """One line for each client, instrument and session: the mean of its scores."""
    return f"""
WITH raw AS ({shaped}), rules AS ({rules_sql(rules)})
SELECT client, instrument, CAST(session AS BIGINT) AS session, avg(score) AS score,
       max(site) AS site, max(part) AS part, max(status) AS status,
       max(reliable) AS reliable, max(case_line) AS case_line, max(remission) AS remission,
       max(sign) AS sign, avg(score) * max(sign) AS severity
FROM raw JOIN rules USING (instrument)
WHERE client IS NOT NULL AND trim(CAST(client AS VARCHAR)) <> ''
  AND session BETWEEN 1 AND {LAST_SESSION} AND score BETWEEN low AND high
GROUP BY client, instrument, session"""


STEPS = """
SELECT *,
       first_value(severity) OVER course AS start,
       lead(session) OVER course AS next_session,
       lead(severity) OVER course AS next_severity,
       count(*) OVER pre AS n_pre, avg(severity) OVER pre AS m_pre,
       var_pop(severity) OVER pre AS v_pre,
       count(*) OVER post AS n_post, avg(severity) OVER post AS m_post,
       var_pop(severity) OVER post AS v_post
FROM scores
WINDOW course AS (PARTITION BY client, instrument ORDER BY session),
       pre AS (PARTITION BY client, instrument ORDER BY session
               RANGE BETWEEN 2 PRECEDING AND CURRENT ROW),
       post AS (PARTITION BY client, instrument ORDER BY session
                RANGE BETWEEN 1 FOLLOWING AND 3 FOLLOWING)"""
"""Each score beside its start, the next one, and the windows of a sudden gain's criterion 3."""

GAINS = f"""
SELECT *,
       CASE WHEN next_session = session + 1 AND severity - next_severity >= reliable
             AND severity - next_severity >= 0.25 * score AND n_pre >= 2 AND n_post >= 2
             AND m_pre - m_post > {CRITICAL.replace("df", "(n_pre + n_post - 2)")}
                 * sqrt((n_pre * v_pre + n_post * v_post) / (n_pre + n_post - 2))
            THEN 1 ELSE 0 END AS gain,
       CASE WHEN start - severity >= reliable THEN session END AS there
FROM steps"""

FACTS = f"""
SELECT client, instrument,
       max_by(site, session) AS site, max_by(part, session) AS part,
       max_by(status, session) AS status,
       count(*) AS n, min_by(score, session) AS first, max_by(score, session) AS last,
       max_by(severity, session) - min_by(severity, session) AS change,
       coalesce(min_by(severity, session) >= max(sign * case_line), false) AS case_first,
       coalesce(max_by(severity, session) >= max(sign * case_line), false) AS case_last,
       count(*) > 1 AND min_by(severity, session) - max_by(severity, session) >= max(reliable)
           AS improved,
       count(*) > 1 AND max_by(severity, session) - min_by(severity, session) >= max(reliable)
           AS worse,
       max(remission) IS NOT NULL AS has_remission,
       coalesce(count(*) > 1 AND max_by(severity, session) < max(sign * remission), false)
           AS remitted,
       max(sign) > 0 AS lower,
       count(*) > 1 AND max(sign) > 0 AND min_by(score, session) > 0
           AND max_by(score, session) <= min_by(score, session) / 2 AS response,
       coalesce(min(there), 0) AS reached, min(session) AS began, max(session) AS ended,
       sum(gain) AS gains, sum(severity) AS total,
       sum(severity * round(ln(session) * {GRAIN}) / {GRAIN}) AS weighted,
       sum(severity * severity) AS squares,
       CAST(sum(CASE WHEN session <= {LONGEST} THEN CAST(power(2, session - 1) AS BIGINT)
           ELSE 0 END) AS BIGINT) AS pattern
FROM gains
GROUP BY client, instrument"""


def facts_sql(rules: Mapping[str, Rules], shaped: str) -> str:
    """One line for each course; columns as `facts.Facts` names them."""
    return (
        f"WITH scores AS ({scores_sql(rules, shaped)}), steps AS ({STEPS}), "
        f"gains AS ({GAINS}) {FACTS}"
    )


TABLES = f"""
SELECT instrument, pattern, count(*) AS courses, sum(total) AS s1, sum(weighted) AS s2,
       sum(total * total) AS s11, sum(total * weighted) AS s12, sum(weighted * weighted) AS s22,
       sum(squares) AS squares
FROM facts WHERE ended <= {LONGEST} GROUP BY instrument, pattern"""
"""The sums of every refit, where the data are: see `refit.Table`."""


def lines_sql(courses: Mapping[str, Lines]) -> str:
    """The lines of the expected courses, by instrument, as a relation."""
    lines = ", ".join(
        f"('{instrument}', {first}, {last}, CAST({slope!r} AS DOUBLE), CAST({upper!r} AS DOUBLE))"
        for instrument, held in courses.items()
        for (first, last), (slope, upper) in sorted(held.items())
    )
    nothing = "('', 0, 0, CAST(NULL AS DOUBLE), CAST(NULL AS DOUBLE))"
    return f"SELECT * FROM (VALUES {lines or nothing}) AS l(instrument, began, ended, slope, upper)"


def rows_sql(rules: Mapping[str, Rules], source: Source, courses: Mapping[str, Refit]) -> str:
    """One line for each counted score, as `cohort.rows.Scored` has them."""
    lines = lines_sql({name: running(one) for name, one in courses.items()})
    return f"""
WITH scores AS ({scores_sql(rules, shaped(source, extra=OPTIONAL))}), steps AS ({STEPS}),
     gains AS ({GAINS}), lines AS ({lines}),
     looked AS (SELECT *, first_value(session) OVER course AS began,
                       first_value(score) OVER course AS first, lag(gain) OVER course AS landed
                FROM gains
                WINDOW course AS (PARTITION BY client, instrument ORDER BY session))
SELECT {source.client} AS client, instrument, session, CAST(score AS DOUBLE) AS score,
       CAST(score - first AS DOUBLE) AS change,
       CASE WHEN start - severity >= reliable THEN 'improved'
            WHEN severity - start >= reliable THEN 'worse' ELSE 'none' END AS reliable,
       coalesce(landed, 0) = 1 AS sudden_gain,
       CASE WHEN upper IS NULL THEN 'unknown'
            WHEN severity <= upper + slope * start THEN 'on' ELSE 'off' END AS track
FROM looked LEFT JOIN (SELECT instrument, began, ended AS session, slope, upper FROM lines) AS l
     USING (instrument, began, session)"""


def _followed_sql(rules: Mapping[str, Rules], courses: Mapping[str, Refit]) -> str:
    """The facts beside the expected course, with the band of the first score."""
    bands = " ".join(f"WHEN '{one.instrument}' THEN {_band(one)}" for one in rules.values())
    return f"""
WITH lines AS ({lines_sql({name: one.lines for name, one in courses.items()})})
SELECT facts.*, CASE instrument {bands} END AS band, n > 1 AND upper IS NOT NULL AS fitted,
       coalesce(CASE WHEN lower THEN last ELSE -last END
           <= upper + slope * CASE WHEN lower THEN first ELSE -first END, false) AS on_track
FROM facts LEFT JOIN lines USING (instrument, began, ended)"""


def _band(rules: Rules) -> str:
    """How many lines a first score has reached."""
    steps = (f"CASE WHEN first >= {line!r} THEN 1 ELSE 0 END" for line in rules.bands)
    return " + ".join(steps) or "0"


def shares_sql(rules: Mapping[str, Rules], courses: Mapping[str, Refit], *, by: str) -> str:
    """Every measure counted at once, by band of the first score: two columns each, in the order
    of the shelf."""
    group = by or "''"
    counts = ", ".join(
        f"sum(CASE WHEN {one.of_sql} THEN 1 ELSE 0 END), "
        f"sum(CASE WHEN ({one.of_sql}) AND ({one.holds_sql}) THEN 1 ELSE 0 END)"
        for one in MEASURES.values()
    )
    return (
        f"WITH followed AS ({_followed_sql(rules, courses)}) "
        f"SELECT instrument, {group} AS grp, band, {counts} "
        f"FROM followed GROUP BY instrument, {group}, band"
    )


ENDINGS = (
    "SELECT instrument, reached, ended, status = 'open' AS still_open, count(*) AS courses "
    "FROM facts GROUP BY instrument, reached, ended, status = 'open'"
)


def nhs_sql(*, by: str) -> str:
    """The official counts over clients with both a PHQ-9 and a GAD-7 course."""
    group = f"p.{by}" if by else "''"
    return f"""
WITH pairs AS (
  SELECT {group} AS grp, p.n > 1 AND g.n > 1 AS paired,
         p.case_first OR g.case_first AS case_start, p.case_last OR g.case_last AS case_end,
         p.improved OR g.improved AS any_better, p.worse OR g.worse AS any_worse
  FROM facts p JOIN facts g ON p.client = g.client
   AND p.instrument = 'phq-9' AND g.instrument = 'gad-7')
SELECT grp, count(*) AS finished,
       sum(CASE WHEN paired THEN 1 ELSE 0 END) AS paired,
       sum(CASE WHEN paired AND NOT case_start THEN 1 ELSE 0 END) AS not_at_caseness,
       sum(CASE WHEN paired AND case_start AND NOT case_end THEN 1 ELSE 0 END) AS recovery,
       sum(CASE WHEN paired AND case_start AND NOT case_end AND any_better AND NOT any_worse
           THEN 1 ELSE 0 END) AS reliable_recovery,
       sum(CASE WHEN paired AND any_better AND NOT any_worse THEN 1 ELSE 0 END) AS improvement,
       sum(CASE WHEN paired AND any_worse AND NOT any_better THEN 1 ELSE 0 END) AS deterioration,
       sum(CASE WHEN paired AND any_better = any_worse THEN 1 ELSE 0 END) AS no_reliable_change
FROM pairs GROUP BY grp"""


__all__ = [
    "ENDINGS",
    "MISSING",
    "TABLES",
    "facts_sql",
    "nhs_sql",
    "rows_sql",
    "scores_sql",
    "shares_sql",
]
