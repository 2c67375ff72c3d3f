"""The results of a request."""

import re
from dataclasses import dataclass
from typing import Union


@dataclass(frozen=True)
class Ready:
    kubeconfig: str


@dataclass(frozen=True)
class Gone:
    pass


@dataclass(frozen=True)
class Problem:
    path: str
    message: str


@dataclass(frozen=True)
class Invalid:
    problems: list[Problem]


@dataclass(frozen=True)
class Busy:
    pass


@dataclass(frozen=True)
class Failed:
    message: str


Result = Union[Ready, Gone, Invalid, Busy, Failed]


def failure(message: str) -> Union[Invalid, Failed]:
    """The engine prints one line for each invalid input that the component reports."""
    line = r"^\t\t- property (.*?)(?: with value '\{[\s\S]*?\}')? has a problem: (.*)$"
    problems = [Problem(*found) for found in re.findall(line, message, re.MULTILINE)]
    return Invalid(problems) if problems else Failed(message)
