"""What several signals of check-ins say in the same words: how it is known, figures and sources."""

RETURN_HOW = (
    "We look at how fast your answers come back to where they were after the hard days you noted, "
    "in two stretches of time. We tried it on made-up people whose return did not change. About 4 "
    "of 100 were told that it is faster all the same. Real days are less tidy than made-up ones."
)
RETURN_FIGURES = (
    "Half-lives of the first and the second period {half_lives}, ratio {ratio} (90%). Probability "
    "of a faster return {p_faster}, of a slower one {p_slower}. {setbacks}. Level and size of the "
    "hit are held apart. No accuracy for single people has been published by anybody."
)
RETURN_SOURCE = (
    "Waymark: exact posterior of a continuous-time AR(1) with noise and setbacks; Kuppens, Allen & "
    "Sheeber 2010"
)

HIT_HOW = (
    "We look at how far your answers rise or fall on the hard days you noted, in two stretches of "
    "time. How fast they come back is told apart from that. Some hard days are harder than others, "
    "and you may note them more or less often now: nobody can see that from the answers."
)
HIT_FIGURES = (
    "Lift of one setback {lift_before} in the first period, {lift_after} in the second; difference "
    "{hit} points toward worse (90%). Probability of a smaller hit {p_smaller}, of a larger one "
    "{p_larger}. {setbacks}."
)

LEVEL_HOW = (
    "We set your last two weeks beside your first two, once a week. Days hang together, and one "
    "looks often: so a move must be large and likely before we call it one. We tried it on made-up "
    "people who did not change. Fewer than 10 of 100 were told of a move in twelve weeks. A better "
    "or a harder time in between is not seen this way."
)
LEVEL_FIGURES = (
    "Moved {moved} ({windows}). Probability of a change toward better {p_better}, toward worse "
    "{p_worse}, of none as large as the least that counts {p_same}."
)
LEVEL_SOURCE = (
    "Waymark: least size and posterior under days that linger; "
    "docs/explanation/how-change-is-judged.md"
)

WARNING_HOW = (
    "We learn what is usual for you from your first six weeks, and set your last days against it. "
    "We tried it on made-up people in whom nothing brews. Within {months} months, about 15 of 100 "
    "were told that days are unusual, and about {false_alarms} that it is worth a talk. And it "
    "misses some hard times. If you feel worse than your answers say, you are right."
)
WARNING_SOURCE = (
    "EWMA of Roberts 1959, for single people Smit & Snippe 2022; limits for days that hang "
    "together: docs/explanation/how-change-is-judged.md"
)
NO_ALARM = "An early sign that decides nothing and is no call in a crisis; silence is no promise."
