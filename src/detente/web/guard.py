"""The guard: which addresses may be asked at all.

A feed or page may name any URL, and a redirect any other: without a guard a stranger's feed could have this machine ask
the router, the cloud's metadata service or a database behind the firewall. So each URL (and each hop of a redirect) is
looked up once, what is not on the public internet is refused, and the connection goes to the very address that was
looked at: a name that answers differently a moment later (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import quote, urlsplit

from msgspec import Struct

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[[str, int], Sequence[str]]
"""From a host's name and a port to its addresses; raises OSError."""

PORTS = (80, 443, 8080, 8443)
"""Where news is served; others (mail, databases, printers) are no business of ours."""

MAX_URL = 2_000
"""News has URLs up to some 300 characters; longer ones are traps for crawlers."""

# Python calls some of these global (3.11 does 64:ff9b::7f00:1 and 2002:7f00:1::, which are loopback in other clothes).
# Of IPv6 only 2000::/3 is in use as public space, which leaves out mapped, translated, local and multicast addresses.
_PUBLIC_V6 = ipaddress.IPv6Network("2000::/3")
_CLOSED: tuple[Network, ...] = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # carriers' NAT
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # relays of 6to4
        "2001::/23",  # Teredo and other protocol assignments
        "2001:db8::/32",  # examples
        "2002::/16",  # 6to4: an IPv4 address inside
        "3fff::/20",  # examples
    )
)

_ODD = re.compile(r"[\x00-\x20\x7f\\]")
_NUMBER = re.compile(r"(?:\d+|0[xX][\da-fA-F]*)")
_NAME = re.compile(r"(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,62})?\.)*[a-z0-9_][a-z0-9_-]{0,62}")


class Refusal(ValueError):
    """A URL that is not asked; the message names it and says why."""


class Unknown(OSError):
    """A host whose address cannot be found now."""


class Target(Struct, frozen=True, kw_only=True):
    """A URL that may be asked, with the address that was looked at."""

    url: str
    """In its plain form: host in small ASCII letters, no fragment, no default port."""
    scheme: str
    host: str
    port: int
    address: str
    path: str
    """With the query."""

    @property
    def authority(self) -> str:
        """What the Host header says."""
        return urlsplit(self.url).netloc


def look_up(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, by the system's resolver.

    Raises OSError.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Guard:
    """Admits URLs on the public internet, and what the user allows by name."""

    def __init__(
        self, allowed: Iterable[str] = (), *, ports: Sequence[int] = PORTS, resolve: Resolve = look_up
    ) -> None:
        """`allowed` holds hosts ("intranet.example"), addresses or networks ("10.1.0.0/16"), each may end in ":PORT".

        Without a port all ports of it are open. Only the user may fill it: never a page, a feed or a file of either.

        Raises ValueError for what is neither.
        """
        self._ports = frozenset(ports)
        self._resolve = resolve
        self._allowed = [_allowance(text) for text in allowed]

    def admit(self, url: str) -> Target:
        """The URL with the address to connect to.

        Raises `Refusal` for what must not be asked, and `Unknown` when the host's name leads nowhere at present.
        """
        scheme, host, port, path = _parts(url)
        named = any(allowance.names(host, port) for allowance in self._allowed)
        addresses = self._addresses(host, port, url)
        chosen = [address for address in addresses if named or self._is_open(address, port)]
        if not chosen:
            raise Refusal(self._why_closed(url, host, port, addresses))
        shown = f"[{host}]" if ":" in host else host
        default = {"http": 80, "https": 443}[scheme]
        authority = shown if port == default else f"{shown}:{port}"
        return Target(
            url=f"{scheme}://{authority}{path}", scheme=scheme, host=host, port=port, address=str(chosen[0]), path=path
        )

    def _addresses(self, host: str, port: int, url: str) -> list[Address]:
        try:
            return [ipaddress.ip_address(host)]
        except ValueError:
            pass
        try:
            found = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise Unknown(f"{url}: the host {host} is not found ({_short(error)})") from None
        # A scope ("fe80::1%eth0") is only ever local, and is judged without it.
        return [ipaddress.ip_address(address.partition("%")[0]) for address in found]

    def _is_open(self, address: Address, port: int) -> bool:
        if any(allowance.holds(address, port) for allowance in self._allowed):
            return True
        return port in self._ports and is_public(address)

    def _why_closed(self, url: str, host: str, port: int, addresses: Sequence[Address]) -> str:
        if addresses and any(is_public(address) for address in addresses):
            ports = ", ".join(map(str, sorted(self._ports)))
            return f"{url}: port {port} is none of {ports}; if you trust it, --allow-host {host}:{port}"
        where = ", ".join(map(str, addresses[:3])) or "no address"
        return (
            f"{url}: leads to {where}, which is not on the public internet; "
            f"if it is a server of your own, --allow-host {host}"
        )


def is_public(address: Address) -> bool:
    """Whether an address is an ordinary one of the public internet: not private, shared, reserved or disguised."""
    if isinstance(address, ipaddress.IPv6Address) and address not in _PUBLIC_V6:
        return False
    if any(address in network for network in _CLOSED if network.version == address.version):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


class _Allowance(Struct, frozen=True):
    host: str | None
    network: Network | None
    port: int | None

    def names(self, host: str, port: int) -> bool:
        return self.host == host and self.port in (None, port)

    def holds(self, address: Address, port: int) -> bool:
        return self.network is not None and address in self.network and self.port in (None, port)


def _allowance(text: str) -> _Allowance:
    whole = text.strip().lower()
    host, port = whole, ""
    if match := re.fullmatch(r"(\[[^\]]+\]|[^:]+):(\d{1,5})", whole):
        host, port = match[1], match[2]
    host = host.strip("[]")
    number = int(port) if port else None
    try:
        return _Allowance(None, ipaddress.ip_network(host, strict=False), number)
    except ValueError:
        pass
    if not _NAME.fullmatch(host):
        raise ValueError(f"'{text}' is no host, address or network; write intranet.example, 10.1.2.3 or 10.1.0.0/16")
    return _Allowance(host, None, number)


def _parts(url: str) -> tuple[str, str, int, str]:
    """Scheme, host, port, and path with query.

    Raises `Refusal`.
    """
    if len(url) > MAX_URL:
        raise Refusal(f"{url[:100]}...: a URL of {len(url):,} characters, over {MAX_URL:,}; no article has such a one")
    if _ODD.search(url):
        # Programs disagree on what such a URL means, and what was checked must be what is asked.
        raise Refusal(f"{url!r}: blanks, control characters or backslashes in the URL; write them as %20 and so on")
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError as error:
        raise Refusal(f"{url}: no URL ({error}); check the spelling") from None
    if split.scheme not in ("http", "https"):
        raise Refusal(f"{url}: only http and https are asked")
    if "@" in split.netloc:
        raise Refusal(f"{url}: a URL with a user name or password in it is not asked")
    host = _plain_host(split.hostname or "", url)
    path = quote(split.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(split.query, safe="/%:@!$&'()*+,;=~-._?[]|{}^")
    return split.scheme, host, port or (443 if split.scheme == "https" else 80), path + (f"?{query}" if query else "")


def _plain_host(host: str, url: str) -> str:
    """The host in small ASCII letters.

    Raises `Refusal` for numbers in disguise: 2130706433, 0177.0.0.1, 127.1 and 0x7f.1 all mean 127.0.0.1 to the system.
    """
    with contextlib.suppress(ValueError):
        return str(ipaddress.ip_address(host.partition("%")[0] if ":" in host else host))
    try:
        name = host.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        return _refuse(url, f"'{host}' is no host name")
    if not _NAME.fullmatch(name):
        return _refuse(url, f"'{host}' is no host name")
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        return _refuse(url, f"'{host}' is an address in disguise; write it as four plain numbers")
    return name


def _refuse(url: str, why: str) -> str:
    raise Refusal(f"{url}: {why}")


def _short(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
