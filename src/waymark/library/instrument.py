"""What an instrument is: items to answer, scales that read them, and whose words they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Better(StrEnum):
    """Which way is better on a scale; every "improved", color and sort asks this."""

    LOWER = "lower"
    HIGHER = "higher"


class Method(StrEnum):
    """How a scale turns answers into a value."""

    SUM = "sum"
    MEAN = "mean"
    LEVEL = "level"  # a decision table, never a sum (C-SSRS)


@dataclass(frozen=True, slots=True)
class Option:
    """One printed choice; ``value`` is what scoring reads, whatever number the form prints."""

    value: int
    label: str
    loinc: str | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """The item is asked only if ``item`` was answered with one of ``values``."""

    item: str
    values: frozenset[int]

    def opens(self, answers: Mapping[str, int | None]) -> bool:
        """Whether the item behind the gate is asked. An unanswered gate does not open."""
        return answers.get(self.item) in self.values

    def closed(self, answers: Mapping[str, int | None]) -> bool:
        """Whether it is certain that the item is not asked; an unanswered gate is not a No."""
        given = answers.get(self.item)
        return given is not None and given not in self.values


@dataclass(frozen=True, slots=True)
class Safety:
    """A risk item: any answer of ``at_least`` or more opens a concern, whatever the total.

    ``same_day`` and ``urgent`` are the answers from which the concern is routed faster, and
    ``backup`` tells the backup responder too. They route; they never grade a person's risk.
    """

    at_least: int
    about: str
    same_day: int = 2
    urgent: int | None = None
    backup: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """An answer of ``at_least`` or more is worth a clinician's eye; it never opens a concern."""

    at_least: int
    words: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question. ``options`` stand in the order the official form prints them."""

    id: str
    text: str
    options: tuple[Option, ...]
    reverse: bool = False
    safety: Safety | None = None
    gate: Gate | None = None
    scored: bool = True
    loinc: str | None = None
    remark: Remark | None = None

    @property
    def values(self) -> tuple[int, ...]:
        """The whole numbers that an answer to this item may be, in the order of its options."""
        return tuple(option.value for option in self.options)

    def label_of(self, value: int) -> str:
        """The exact words that were chosen."""
        return next(option.label for option in self.options if option.value == value)


@dataclass(frozen=True, slots=True)
class Band:
    """Scores from ``low`` (inclusive) up to the next band's ``low``."""

    low: float
    label: str


@dataclass(frozen=True, slots=True)
class Rung:
    """One line of a decision table: ``item`` at ``at_least`` or more reaches ``level``."""

    level: int
    item: str
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class Missing:
    """How many answers a scale can do without; the mean of the others stands in for them."""

    most: int = 0
    never: frozenset[str] = frozenset()  # without one of these there is no score at all


@dataclass(frozen=True, slots=True)
class Figure:
    """A published number and where it was published. ``about`` marks one derived by us."""

    value: float
    source: str
    about: bool = False


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A case line: on the clinical side at ``value`` or beyond. ``name`` tells two lines apart."""

    value: float
    source: str
    name: str = "case"
    when: tuple[str, str] | None = None  # ("sex", "male"): the line for a part of the people


@dataclass(frozen=True, slots=True)
class Scale:
    """One score of an instrument, its range, its lines and what is known of its error."""

    id: str
    title: str
    items: tuple[str, ...]
    low: float
    high: float
    better: Better
    method: Method = Method.SUM
    times: int = 1  # WHO-5 multiplies its sum by four
    rungs: tuple[Rung, ...] = ()  # the decision table of a LEVEL scale; the highest rung counts
    bands: tuple[Band, ...] = ()
    missing: Missing = Missing()
    cutoffs: tuple[Cutoff, ...] = ()
    reliable_change: Figure | None = None  # published points, "at least"
    reliability: Figure | None = None
    sd: Figure | None = None  # of a clinical sample
    clinical_mean: Figure | None = None
    norm_mean: Figure | None = None
    norm_sd: Figure | None = None
    loinc: str | None = None
    note: str = ""

    @property
    def cutoff(self) -> Cutoff | None:
        """The line used by default: the first one."""
        return self.cutoffs[0] if self.cutoffs else None


@dataclass(frozen=True, slots=True)
class Licence:
    """Whose words these are. The code's licence is never claimed over them."""

    id: str
    holder: str
    attribution: str  # shown under each form and in exports
    conditions: str
    text: str = ""  # the notice that must travel with the wording
    verbatim_required: bool = True
    may_translate: bool = False
    commercial_ok: bool = True


@dataclass(frozen=True, slots=True)
class Compared:
    """The public source the wording was compared with, to the letter."""

    source: str  # repository, or document
    at: str  # commit and path, or page and date read
    note: str = ""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A validated measure in one published version. Frozen: a changed word is a new version."""

    id: str
    version: int
    title: str
    short: str  # what a client reads in a list: "Low mood"
    stem: str
    recall: str
    items: tuple[Item, ...]
    scales: tuple[Scale, ...]
    licence: Licence
    compared: Compared | None  # None: could not be compared, so it stays off and says so
    default_on: bool
    sources: tuple[str, ...]
    minutes: int
    retake_days: int
    loinc: str | None = None
    introduction: str = ""  # official instructions that stand before the items
    retired: bool = False
    matter: str = ""  # what it is about, for clients, where ``recall`` names no stretch of time

    @property
    def about(self) -> str:
        """What goes on after "7 questions": "about the last 2 weeks", "about your days"."""
        return f"about {self.matter or f'the {self.recall}'}"

    @property
    def asked_by_a_person(self) -> bool:
        """An interview that ends in a level of danger: somebody must be there when it is asked."""
        return all(scale.method is Method.LEVEL for scale in self.scales)

    def item(self, id: str) -> Item:
        """The item of this id. ``StopIteration`` where there is none."""
        return next(item for item in self.items if item.id == id)

    def scale(self, id: str) -> Scale:
        """The scale of this id. ``StopIteration`` where there is none."""
        return next(scale for scale in self.scales if scale.id == id)

    @property
    def scored_items(self) -> tuple[Item, ...]:
        """The items a score reads, in printed order."""
        return tuple(item for item in self.items if item.scored)

    @property
    def risk_items(self) -> tuple[Item, ...]:
        """The items whose answers can tell of danger, in the order of the form."""
        return tuple(item for item in self.items if item.safety is not None)


Answers = Mapping[str, int | None]
