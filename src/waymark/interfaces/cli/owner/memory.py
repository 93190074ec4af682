"""What a process of the web server is made of, out of the way of its collector of garbage."""

import gc

BETWEEN = 20_000  # allocations before the young are looked through; at 700 it is often, each page


def keep_the_program() -> None:
    """Load every page, and never look through what stays until the end.

    Hundreds of thousands of objects are the program itself; each whole round of the collector
    walks over all of them, in the middle of somebody's request (docs/reference/benchmarks.md).
    """
    from django.urls import reverse

    reverse("help-now")  # every address, and so every page behind one, is loaded by the first
    gc.collect()
    gc.freeze()
    gc.set_threshold(BETWEEN, *gc.get_threshold()[1:])
