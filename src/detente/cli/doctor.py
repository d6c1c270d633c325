"""`detente doctor`: what is installed, and is all well?"""

from __future__ import annotations

from pathlib import Path

import click

EPILOG = """
\b
Examples:
  detente doctor
  detente doctor --store events           also reads every file of the store and compares it with what was written

\b
Exit codes: 0 all is well; 1 something is not, and the line says what to do.
"""


@click.command(epilog=EPILOG, short_help="Say what is installed and whether all is well.")
@click.option("--store", "path", type=click.Path(path_type=Path), metavar="PATH", help="Check this store as well.")
def doctor(path: Path | None) -> int:
    """Say what is installed, which language model and lexicon, and whether all is well."""
    from detente.cli.health import findings
    from detente.writers.terminal import safe

    well = True
    for finding in findings(path):
        well &= finding.well
        mark = click.style("ok  ", fg="green") if finding.well else click.style("BAD ", fg="red", bold=True)
        click.echo(f"{mark} {finding.what:10} {safe(finding.found)}")
    click.echo("all is well" if well else "something is not well; see the lines marked BAD")
    return 0 if well else 1
