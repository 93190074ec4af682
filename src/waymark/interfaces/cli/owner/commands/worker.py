"""`waymark worker`: run the worker alone."""

import click


@click.command()
def worker() -> None:
    """Run the worker until it is stopped."""
    from waymark.interfaces.cli.owner import portal

    portal.start()
    from waymark.interfaces.cli.owner.commands.serve import stop_if_unsafe

    stop_if_unsafe("127.0.0.1")
    from waymark.interfaces.jobs.worker import Worker

    Worker().run()


if __name__ == "__main__":
    worker()
