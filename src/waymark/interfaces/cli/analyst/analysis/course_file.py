"""Expected courses in files: JSON, read with an error that names what is wrong."""

import json
from pathlib import Path

import click

from waymark.progress.course.expected import ExpectedCourse
from waymark.progress.course.expected_file import course_of, kept


def read_course(path: Path) -> ExpectedCourse:
    """The course in a file; a usage error where there is none in it."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(held, dict):
            raise ValueError("this is no expected course: make one with `waymark fit-course`")
        return course_of(held)
    except RecursionError as problem:
        raise click.UsageError(
            f"--course {path}: lists within lists, too many to be a course"
        ) from problem
    except (OSError, UnicodeDecodeError, ValueError) as problem:
        raise click.UsageError(f"--course {path}: {problem}") from problem


def as_file(course: ExpectedCourse) -> str:
    return json.dumps(kept(course), indent=1, allow_nan=False) + "\n"
