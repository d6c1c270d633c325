"""How users decide: merge, split, set a field, call it wrong, and take a decision back.

What is decided is noted at once, and holds from the next `fuse` on.
"""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from typing import get_args

from detente.errors import QuestionError, StoreError
from detente.fuser import anchor_of
from detente.model import Event, Report, Standing, Story, Type
from detente.store.corrections import FIELDS, Decision, Noun
from detente.store.reader import Reader
from detente.store.rows import day_of, report_of_row

_CHOICES: dict[str, tuple[str, ...]] = {"type": get_args(Type), "standing": get_args(Standing)}


def user() -> str:
    """Whoever is logged in."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "somebody"


def merging(store: Reader, ids: Sequence[str]) -> Decision:
    """That these stories, or these events, are one. Raises `QuestionError` for fewer than two, or for both kinds."""
    groups = [store.story_or_event(id) for id in dict.fromkeys(ids)]
    if len({group.id for group in groups}) < 2 or len({type(group) for group in groups}) > 1:
        raise QuestionError("merge takes two or more stories, or two or more events, and not the same one twice")
    members, texts = zip(*(member for group in groups for member in _members(store, group).values()), strict=True)
    return Decision(kind="merge", noun=_noun(groups[0]), members=members, texts=texts)


def splitting(store: Reader, id: str, parts: Sequence[str]) -> Decision:
    """That these articles are not of a story, or these reports not of an event, but belong together.

    Raises `QuestionError` when one of them is not in it, or nothing would be left.
    """
    group = store.story_or_event(id)
    members = _members(store, group)
    wanted = {_one_of(part, tuple(members), group) for part in parts}
    taken = [member for name, member in members.items() if name in wanted]
    left = [member for name, member in members.items() if name not in wanted]
    if not taken or not left:
        raise QuestionError(f"{id}: split takes some of its {len(members)} members and leaves some; all is no split")
    return Decision(
        kind="split",
        noun=_noun(group),
        members=tuple(member for member, _ in taken),
        texts=tuple(text for _, text in taken),
        others=tuple(member for member, _ in left),
        other_texts=tuple(text for _, text in left),
    )


def calling_wrong(store: Reader, id: str) -> Decision:
    """That an event is none: its reports are taken out. `id` may be that of one report.

    Raises `QuestionError` for a story, `StoreError` for an id that is not there.
    """
    try:
        group = store.story_or_event(id)
    except StoreError:
        report, _ = store.report(id)
        return Decision(kind="wrong", noun="event", members=(anchor_of(report),), texts=(report.text,))
    if isinstance(group, Story):
        raise QuestionError(f"{id}: is a story; events and reports can be wrong")
    members, texts = zip(*_members(store, group).values(), strict=True)
    return Decision(kind="wrong", noun="event", members=members, texts=texts)


def setting(store: Reader, id: str, field: str, value: str | None) -> Decision:
    """That a field of an event says something else. Raises `QuestionError` for no such field or value."""
    event = store.story_or_event(id)
    if isinstance(event, Story):
        raise QuestionError(f"{id}: is a story; fields of events can be set")
    name = next((known for known in FIELDS if known == field), None)
    if name is None:
        raise QuestionError(f"'{field[:40]}' cannot be set; fields that can are {', '.join(FIELDS)}")
    if name in _CHOICES and value not in _CHOICES[name]:
        raise QuestionError(f"{name} is one of {', '.join(_CHOICES[name])}, not '{value}'")
    if name in ("start", "end") and value is not None and (len(value) != 10 or day_of(value) is None):
        raise QuestionError(f"{name} is a day such as 2009-06-28, or nothing, not '{value[:40]}'")
    members, texts = zip(*_members(store, event).values(), strict=True)
    before = getattr(event, name)
    return Decision(kind="set", noun="event", members=members, texts=texts, field=name, value=value, before=before)


def _noun(group: Story | Event) -> Noun:
    return "story" if isinstance(group, Story) else "event"


def _members(store: Reader, group: Story | Event) -> dict[str, tuple[str, str]]:
    """By what each member is known for good, with its headline or sentence; keyed by the id that a user sees."""
    if isinstance(group, Story):
        question = "SELECT id, headline FROM articles WHERE id IN (SELECT unnest(?::VARCHAR[]))"
        rows = store.sql(question, (group.articles,))
        headlines = {row["id"]: row["headline"] or "" for row in rows}
        return {article: (article, headlines.get(article, "")) for article in group.articles}
    ids = [one.report for one in group.tellings]
    found = store.sql("SELECT * FROM reports WHERE id IN (SELECT unnest(?::VARCHAR[]))", (ids,))
    reports: dict[str, Report] = {row["id"]: report_of_row(row) for row in found}
    if not reports:
        raise QuestionError(f"{group.id}: all its reports have left the store since; run detente fuse, then ask again")
    return {id: (anchor_of(reports[id]), reports[id].text) for id in ids if id in reports}


def _one_of(part: str, named: Sequence[str], group: Story | Event) -> str:
    found = [name for name in named if name.startswith(part)]
    if len(found) != 1:
        many = f"several of its members begin with '{part}'" if found else f"'{part}' is none of its members"
        raise QuestionError(f"{group.id}: {many}; they are {', '.join(named[:10])}{' ...' if len(named) > 10 else ''}")
    return found[0]
