"""The shell: `detente code`, `why`, `sql`, `lexicon`, `doctor`, `completion`. One file per command."""

from detente.cli.main import cli


def main() -> None:
    """Run the command line and leave with its exit code."""
    cli(prog_name="detente")


__all__ = ["cli", "main"]
