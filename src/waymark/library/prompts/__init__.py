"""Every prompt family: one file each."""

from waymark.library.prompt import PromptFamily
from waymark.library.shelf import Shelf

PROMPTS = Shelf(PromptFamily, __name__)
