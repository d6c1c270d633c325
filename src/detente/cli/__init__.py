"""The shell: `detente code`, `why`, `sql`, `evaluate`, `lexicon`, `doctor`, `completion`. One file per command."""

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        # Imported here, so that Ctrl-C in the first tenths of a second ends as quietly as later.
        from detente.cli.main import cli

        cli(prog_name="detente")
    except KeyboardInterrupt:
        sys.exit(130)
