"""`waymark refit-course`: fit expected courses on finished episodes of this clinic."""

import click

from waymark.interfaces.cli.owner import portal


@click.command("refit-course")
@click.option("--clinic", "name", help="Its name, where this installation holds several.")
@click.option("--seed", default=20261125, show_default=True, type=click.IntRange(0))
def refit_course(name: str | None, seed: int) -> None:
    """Fit the expected course of every measure that has 200 finished episodes with two scores or
    more, put it in force, and print what its bands and its flag are worth on episodes left out.

    Probabilities appear on the pages once the clinic accepts the intended use, under Settings.
    Scores are read in memory and leave no file; each client sees that they were counted.
    """
    portal.start()
    from waymark.interfaces.cli.fitted import report
    from waymark.interfaces.cli.owner.refitting import refit, the_clinic
    from waymark.interfaces.endpoint import now

    try:
        clinic = the_clinic(name)
    except LookupError as problem:
        raise click.UsageError(str(problem)) from problem
    done = refit(clinic, seed=seed, at=now())
    for course in done.fitted:
        for line in report(course):
            click.echo(line)
    for instrument, reason in sorted(done.refused.items()):
        click.echo(f"{instrument}: not fitted, {reason}.")
    if not done.fitted:
        none = "" if done.refused else "No episode that has ended holds a score. "
        raise click.ClickException(f"{none}Nothing was fitted, and what was in force stays so.")
