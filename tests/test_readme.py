"""The README's first screen is true: its command prints what stands below it, and its Python gives what it says."""

import re
import shlex
from pathlib import Path

from click.testing import CliRunner

import detente
from detente.cli.main import cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_first_command_prints_what_the_readme_shows(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    command = re.search(r"\.venv/bin/detente (code .*)", README).group(1)
    shown = README.split("```\n")[2].split("[...]")[0]
    arguments = shlex.split(command.replace("--store events", f"--store {tmp_path / 'events'}"))
    printed = CliRunner().invoke(cli, arguments, env={"COLUMNS": "80"})
    assert printed.exit_code == 0, printed.output
    assert len(shown) > 1000
    assert printed.stdout.startswith(shown)


def test_the_report_of_the_why_command_is_there():
    prefix = re.search(r"detente why (\w+)", README).group(1)
    (record,) = detente.read(ROOT / "examples" / "temple-border.txt")
    (coding,) = detente.code_records([record])
    assert any(report.id.startswith(prefix) for report in coding.reports)


def test_the_python_lines_are_true():
    reports = detente.code("NATO, Russia agree to resume contacts", published="2009-06-28")
    first = reports[0]
    assert (first.type, first.standing, [party.id for party in first.source]) == ("AGREE", "happened", ["NATO", "RUS"])


def test_every_link_leads_somewhere():
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name} links to {target}, which is not there"
