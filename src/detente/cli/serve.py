"""`detente serve`: the desk over a store, in a browser."""

from __future__ import annotations

import ipaddress
import secrets
import webbrowser
from collections.abc import Mapping
from pathlib import Path

import click

from detente.cli.options import store_option
from detente.cli.terminal import say

EPILOG = """
\b
Examples:
  detente serve --store events                     prints an address with a token; Ctrl-C ends
  detente serve --store events --open              and opens it in the browser
  detente serve --make-token anna >> tokens.txt    a token of anna's own, for a desk that others reach
  detente serve --store events --host 0.0.0.0 --name desk.example.org --tokens tokens.txt --cert c.pem --key k.pem

\b
Exit codes: 0 stopped; 2 wrong usage, or a part of Detente is not installed; 3 the store cannot be used.
"""
SHORTEST = 32
"""Letters of a token that is not to be guessed."""


@click.command(epilog=EPILOG, short_help="Show a store as web pages and as an API.")
@store_option("The store.", required=False)
@click.option("--port", type=click.IntRange(0, 65_535), default=8642, show_default=True, help="0 takes a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="The address to listen on.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A name by which others ask for it; repeatable.")
@click.option(
    "--tokens", "file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
    help="Who may ask: one name and token a line. Needed where others reach the desk.",
)  # fmt: skip
@click.option("--make-token", "whose", metavar="NAME", help="Print a line for such a file, and do nothing else.")
@click.option("--cert", type=click.Path(exists=True, dir_okay=False), metavar="FILE", help="A certificate, for https.")
@click.option("--key", type=click.Path(exists=True, dir_okay=False), metavar="FILE", help="Its key.")
@click.option(
    "--rate", type=click.FloatRange(1, 10_000), default=50.0, show_default=True, metavar="N",
    help="Requests a second that one who asks may send.",
)  # fmt: skip
@click.option("--open", "is_opened", is_flag=True, help="Open it in the browser.")
def serve(
    path: Path | None, port: int, host: str, names: tuple[str, ...], file: Path | None, whose: str | None,
    cert: str | None, key: str | None, rate: float, is_opened: bool,
) -> int:  # fmt: skip
    """Show a store in the browser, and answer programs: articles with their evidence, events, relations, maps, SQL.

    It listens on this machine alone, to whoever has the token that it prints. Nothing is asked of another machine.
    """
    if whose is not None:
        click.echo(f"{_name(whose)} {secrets.token_urlsafe(32)}")
        return 0
    if path is None:
        raise click.UsageError("say which store: --store PATH")
    if not _is_loopback(host) and file is None:
        raise click.UsageError(f"--host {host} lets others ask; name who may with --tokens FILE")
    if (cert is None) != (key is None):
        raise click.UsageError("https needs both --cert and --key")
    tokens = {"desk": secrets.token_urlsafe(32)} if file is None else tokens_of(file)
    _serve(path, port, host, names, tokens, (cert, key), rate, is_opened, is_printed=file is None)
    return 0


def tokens_of(file: Path) -> Mapping[str, str]:
    """The tokens of a file by their names. Raises `click.BadParameter` for a line that is none."""
    tokens: dict[str, str] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, token = line.strip().partition(" ")
        if len(token.strip()) < SHORTEST or name in tokens:
            raise click.BadParameter(
                f"{file}:{number}: write a name and a token of {SHORTEST} letters or more, each name once; "
                "detente serve --make-token NAME makes one", param_hint="--tokens",
            )  # fmt: skip
        tokens[name] = token.strip()
    if not tokens:
        raise click.BadParameter(f"{file}: names nobody", param_hint="--tokens")
    return tokens


def _serve(
    path: Path, port: int, host: str, names: tuple[str, ...], tokens: Mapping[str, str],
    tls: tuple[str | None, str | None], rate: float, is_opened: bool, *, is_printed: bool,
) -> None:  # fmt: skip
    try:
        import uvicorn

        from detente.desk.app import desk_app, warm
    except ImportError as error:
        raise click.UsageError(f"the desk needs pip install 'detente[web]' ({error.name} is missing)") from None
    from detente.store import Store

    with Store(path, create=False) as store:
        config = uvicorn.Config(
            "", host=host, port=port, log_level="warning", access_log=False, server_header=False, proxy_headers=False,
            ws="none", lifespan="off", ssl_certfile=tls[0], ssl_keyfile=tls[1],
        )  # fmt: skip
        socket = config.bind_socket()
        socket.listen(128)  # who opens the address at once waits, and is not turned away
        taken = socket.getsockname()[1]
        config.app = desk_app(store, tokens=tokens, names=names, cookie=f"detente-{taken}", per_second=rate)
        warm()
        shown = names[0] if names else f"[{host}]" if ":" in host else host
        address = f"{'https' if tls[0] else 'http'}://{shown}:{taken}/"
        told = f"{address}?token={tokens['desk']}" if is_printed else address
        say(f"the desk of {path} is at {told}")
        say("Ctrl-C ends it")
        if is_opened:
            webbrowser.open(told)
        uvicorn.Server(config).run(sockets=[socket])


def _name(text: str) -> str:
    """Raises `click.BadParameter` for a name that a line cannot hold."""
    if not text.strip() or " " in text.strip() or text.startswith("#"):
        raise click.BadParameter(f"'{text}': a name is one word", param_hint="--make-token")
    return text.strip()


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
