"""Previews the program that is named as an inline program of the Automation API, and prints its failure."""

import runpy
import sys

from pulumi import automation


def run() -> None:
    runpy.run_path(sys.argv[1])


stack = automation.create_or_select_stack("python", "wrong", program=run)
try:
    stack.preview()
except automation.CommandError as error:
    print(error)
