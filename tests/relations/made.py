"""Rows of events made by hand."""

from datetime import date, timedelta

from detente.relations import Dealings, Row, Scale

PLOVER = Scale.named("plover")
MONDAY = date(2008, 9, 1)
QUADS = {"ACCUSE": 3, "REJECT": 3, "CONSULT": 1, "SANCTION": 4, "AGREE": 1, "AID": 2}


def row(day, source="NATO", target="RUS", type="CONSULT", **fields):
    """An event on a day, counted from a Monday."""
    fields = {"id": f"{source}-{target}-{type}-{day}", "quad": QUADS[type], **fields}
    return Row(day=MONDAY + timedelta(day), source_id=source, target_id=target, type=type, **fields)


def dealings(rows):
    """As columns, on PLOVER's scale."""
    return Dealings.of(rows, PLOVER)


def turning(weeks, turn, before="SANCTION", after="AID"):
    """Two events a week, one of them always talks; the other changes in the week of the turn."""
    for week in range(weeks):
        yield row(7 * week, type="CONSULT", id=f"talk{week}")
        yield row(7 * week + 3, type=before if week < turn else after, id=f"deed{week}", outlets=1 + (week == turn + 2))
