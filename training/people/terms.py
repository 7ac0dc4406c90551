"""Terms of all sources put in order: the same term once, the additions before all, no two holders of one seat."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

from onrecord.people.offices import weight_of
from training.people.raw import Held
from training.people.wikidata import AS_OF as WIKIDATA_AS_OF

SEVERAL = re.compile(
    r"^(?:deputy|vice prime|senator|representative|minister without|minister of state|state councilor|first deputy"
    r"|co-leader|vice presid|parliamentary|junior|assistant|under|secretary of government|presidency|justice"
    r"|presidential candidate|vice presidential candidate|spokesman|counselor|senior|ambassador-at-large)"
)
ENDLESS = "9999-12-31"


def settled(found: Iterable[Held]) -> list[Held]:
    """Give the terms sorted, with the additions' word taken over the sources'."""
    by_office: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for term in found:
        by_office[(term.place, term.office)].append(term)
    kept = []
    for (place, office), these in by_office.items():
        seat = not SEVERAL.match(office) and (
            weight_of(office, place) >= 4 or re.match(r"governor|mayor|chief|director", office)
        )
        these = _joined(_by_hand(these) if seat else these)
        kept += _one_at_a_time(these) if seat else these
    return sorted(kept, key=lambda t: t.row())


def _by_hand(these: list[Held]) -> list[Held]:
    """Drop what sources say from the first day that the additions cover on; clip what reaches into it."""
    hand = [t for t in these if t.hand]
    if not hand:
        return these
    first = min(t.since for t in hand)
    before = [t for t in these if not t.hand and t.since < first]
    same_holder = {t.id for t in hand if t.since == first}
    for term in before:
        if term.id not in same_holder and (not term.until or term.until > first):
            term.until, term.basis = first, f"{term.basis}; end: hand"
    return [*before, *hand, *(t for t in these if not t.hand and t.since >= first and _bears_out(t, hand))]


def _bears_out(term: Held, hand: list[Held]) -> bool:
    """Tell whether a source's term is one of the hand-kept, or begins after all that we know by hand."""
    same = any(h.id == term.id and h.since <= term.since <= (h.until or ENDLESS) for h in hand)
    return same or term.since > max(h.until or h.as_of for h in hand)


def _joined(these: list[Held]) -> list[Held]:
    """Join terms of one person in one office that touch: re-elections, and the same term of several sources."""
    by_person: dict[str, list[Held]] = defaultdict(list)
    for term in sorted(these, key=lambda t: (t.since, not t.hand)):
        mine = by_person[term.id]
        last = mine[-1] if mine else None
        if last and _touch(last, term):
            _merge(last, term)
        else:
            mine.append(term)
    return [t for mine in by_person.values() for t in mine]


def _touch(a: Held, b: Held) -> bool:
    end = a.until or ENDLESS
    return b.since[:4] <= end[:4] and (len(b.since) < 10 or len(end) < 10 or b.since <= _later(end, 45))


def _later(day: str, days: int) -> str:
    return day if day == ENDLESS else str(date.fromisoformat(day) + timedelta(days))


def _merge(a: Held, b: Held) -> None:
    """Let the first take in the second; a hand-kept end wins, then a known end that is not before the other's word."""
    if len(b.since) > len(a.since) and b.since.startswith(a.since):
        a.since = b.since
    if a.hand and not b.hand and a.until:
        return
    if a.until and b.basis == "Factbook":
        pass  # an end found by the next one's start: ours is better
    elif a.until and b.until:
        a.until, a.unsure = max((a.until, a.unsure), (b.until, b.unsure))
    elif not b.until or b.until >= a.as_of:
        a.until, a.unsure = b.until, b.unsure
    a.as_of = max(a.as_of, b.as_of)
    a.hand = a.hand or b.hand
    if b.basis not in a.basis:
        a.basis = f"{a.basis}; {b.basis}"


def _one_at_a_time(these: list[Held]) -> list[Held]:
    """End an open term, or one that overlaps by far, where the next holder's begins."""
    these = sorted(these, key=lambda t: (t.since, t.until or ENDLESS))
    for term, after in pairwise(these):
        if term.id == after.id or term.since == after.since:
            continue
        if not term.until:
            term.until = after.since
            term.basis += "; end: successor"
        elif (after.until or ENDLESS) > term.until and _far(after.since, term.until):
            term.until = after.since
    last = these[-1]
    if not last.until and last.basis == "Wikidata" and last.since >= "2004":
        last.as_of = max(WIKIDATA_AS_OF, last.since)
    return these


def _far(since: str, until: str) -> bool:
    return len(until) == len(since) == 10 and until > _later(since, 15)
