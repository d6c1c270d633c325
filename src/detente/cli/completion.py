"""`detente completion`: what the shell needs to complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

EPILOG = """
\b
Examples:
  detente completion bash >> ~/.bashrc
  detente completion zsh >> ~/.zshrc
  detente completion fish > ~/.config/fish/completions/detente.fish
"""


@click.command(epilog=EPILOG, short_help="Print shell completion.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script that completes commands and options in SHELL."""
    made = get_completion_class(shell)
    if made is None:
        raise click.UsageError(f"this version of click has no completion for {shell}")
    click.echo(made(context.find_root().command, {}, "detente", "_DETENTE_COMPLETE").source())
