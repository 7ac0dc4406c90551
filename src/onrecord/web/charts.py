"""What the desk draws: rows of the record -> specifications for Vega-Lite, written by Altair.

rows --counted, thinned--> values ──filled──> skeleton (made once, by Altair) ──> specification

Colours are told apart by the colour-blind, too (after Okabe and Ito). A specification holds those for light paper;
`usermeta` says which stand for them on dark paper, and which fields make the table that is shown beside the chart.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Query

from onrecord.codec import Json
from onrecord.errors import NotInRecord
from onrecord.record import Total, totals
from onrecord.show.card_text import spelled
from onrecord.show.reversal import VERDICTS
from onrecord.show.svg import safe
from onrecord.show.timeline import CHANGES, UNCHANGED, Point
from onrecord.store import Wanted
from onrecord.types import Act
from onrecord.web import asked
from onrecord.web.desk import Here
from onrecord.web.filters import ACTS, counted

if TYPE_CHECKING:
    import altair as alt

    from onrecord.record import Record

router = APIRouter(prefix="/charts", tags=["charts"])

Month = tuple[str, Act, int]  # "2025-03", act, how many statements

MOST_BARS = 60  # of months: a longer time is counted by quarters, else by years
MOST_POSITIONS = 300
MOST_PLEDGES = 5_000  # that are added up
MOST_SERIES, MOST_CURRENCIES = 7, 5
LINE = 34  # pixels from one kind of change to the next
LEAST_YEARS = 6  # that stand beside each other, so that a single one is no wall
MOST_CHARACTERS = 240  # of a position's words: the whole stands where its mark leads
SLOWLY = 60.0  # seconds after which what the whole record holds is counted anew

ACT_COLOURS: dict[Act, tuple[str, str]] = {  # on light and on dark paper; neighbours differ in lightness, too
    "assert": ("#4e92b8", "#0980e7"),
    "evaluate": ("#9f6c00", "#f7b23c"),
    "commit": ("#1f4730", "#c3f5de"),
    "threaten": ("#d07759", "#c55e1f"),
    "demand": ("#146ba5", "#90d4fe"),
    "deny": ("#500942", "#a77a8b"),
    "predict": ("#645506", "#ffe887"),
    "ask": ("#311072", "#7c6098"),
    "report": ("#727880", "#a8aeb8"),
}
ON_DARK = {
    **dict(ACT_COLOURS.values()),
    UNCHANGED.colour: "#a6b0b9",
    CHANGES["reversal"].colour: "#ff9a66",
    CHANGES["softened"].colour: "#6bbcf2",
    CHANGES["hardened"].colour: "#e59ac8",
    CHANGES["conditional_change"].colour: "#3fcf9f",
    CHANGES["number_changed"].colour: "#f0d060",
}
LIGHT = [light for light, _ in ACT_COLOURS.values()]
OTHERS, UNDATED = "others", "no date"

Currency = Annotated[str, Query(max_length=3, description="A currency: EUR.")]


@router.get("/speakers/{key}/months.vl.json")
def of_months(here: Here, key: asked.Key) -> Json:
    """Give the chart of somebody's statements by month and act."""
    record = here.record
    key = record.ids_of(key)[0]
    return here.shelf.get(f"charts/months/{key}", lambda: months(record.months(key), record.called(key)))


@router.get("/speakers/{key}/positions.vl.json")
def of_positions(here: Here, key: asked.Key, about: asked.Words = "") -> Json:
    """Give the chart of somebody's positions in order of time, the latest where there are many."""
    key = here.record.ids_of(key)[0]
    wanted = Wanted(about=about.strip() or None, once=True, order="newest", limit=MOST_POSITIONS)
    cut = here.record.count(wanted, key) > MOST_POSITIONS
    notes = [f"Of the latest {MOST_POSITIONS} statements."] if cut else []
    return positions(here.record.positions(wanted, key), "/statements/{}".format, notes)


@router.get("/pledges.vl.json")
def of_pledges(
    here: Here,
    wish: asked.Wished,
    speaker: asked.Text = "",
    currency: Currency = "",
) -> Json:
    """Give the chart of what pledges add up to; of the latest where there are many."""
    wanted = Wanted(about=wish.words, since=wish.first, until=wish.last, order="newest", limit=MOST_PLEDGES)
    name = speaker.strip()
    found, cut = here.shelf.get(f"charts/pledges/{wanted} {name}", lambda: _totals(here.record, wanted, name), SLOWLY)
    notes = [f"Of the latest {MOST_PLEDGES:,} pledges."] if cut else []
    return pledges([t for t in found if not currency or t.currency == currency.upper()], notes)


def _totals(record: "Record", wanted: Wanted, speaker: str) -> tuple[list[Total], bool]:
    """Give what the pledges that are asked for add up to, and whether there may be more of them."""
    try:
        found = record.pledges(wanted, speaker or None)
    except NotInRecord:  # nobody is called so
        found = []
    return totals(found), len(found) == MOST_PLEDGES


# --- statements by month --------------------------------------------------------------------------

Unit = Literal["utcyearmonth", "utcyearquarter", "utcyear"]  # as Vega-Lite calls them
UNITS: dict[int, Unit] = {1: "utcyearmonth", 3: "utcyearquarter", 12: "utcyear"}  # by how many months


def months(rows: Sequence[Month], of: str = "") -> Json:
    """Give stacked bars of statements by month and act; by quarter or year where that makes too many."""
    size = _months_a_bar([month for month, _, _ in rows])
    bars = Counter[tuple[int, Act]]()
    for month, act, n in rows:
        bars[_number(month) // size * size, act] += n
    order = list(ACT_COLOURS)
    values = [
        {"day": f"{_month(at)}-01", "period": _period(at, size), "act": ACTS[act], "place": order.index(act), "n": n}
        for (at, act), n in sorted(bars.items(), key=lambda bar: (bar[0][0], order.index(bar[0][1])))
    ]
    unit = {1: "month", 3: "quarter", 12: "year"}[size]
    title = f"Statements{f' of {of}' if of else ''} by {unit}"
    told = [counted(bars.total(), "statement")]
    if values:
        told.append(f"from {values[0]['period']} to {values[-1]['period']}")
    columns = {"period": unit.capitalize(), "act": "Kind", "n": "Statements"}
    return _filled(_months(UNITS[size]), values, (title, ", ".join(told)), columns)


@cache
def _months(unit: Unit) -> str:
    import altair as alt

    colour = alt.Scale(domain=[ACTS[act] for act in ACT_COLOURS], range=LIGHT)
    return _skeleton(
        alt.Chart(alt.NamedData("rows"), height=200)
        .mark_bar()
        .encode(
            alt.X("day:T", timeUnit=unit, title=None),
            alt.Y("n:Q", title="statements", axis=alt.Axis(tickMinStep=1, tickCount=5)),
            alt.Color("act:N", scale=colour, title=None),
            order=alt.Order("place:Q"),
            tooltip=["period:N", "act:N", alt.Tooltip("n:Q", title="statements")],
        )
    )


def _months_a_bar(found: Sequence[str]) -> int:
    numbers = [_number(month) for month in found]
    length = max(numbers) - min(numbers) + 1 if numbers else 0
    return next((size for size in UNITS if length <= size * MOST_BARS), max(UNITS))


def _number(month: str) -> int:
    return 12 * int(month[:4]) + int(month[5:7]) - 1


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def _period(number: int, size: int) -> str:
    """Give what a bar stands for: "March 2025", "2025 Q1", "2025"."""
    if size == 1:
        return spelled(_month(number))
    year = f"{number // 12:04}"
    return year if size == 12 else f"{year} Q{number % 12 // 3 + 1}"


# --- positions ------------------------------------------------------------------------------------


def positions(points: Sequence[Point], hrefs: Callable[[str], str], notes: Sequence[str] = ()) -> Json:
    """Give a mark for each dated position, a line for each kind of change; `hrefs` gives where a statement is shown."""
    by_id = {p.statement: p for p in points}
    dated = sorted((p for p in points if p.day), key=lambda p: str(p.day))
    values = [_position(p, by_id) | {"href": hrefs(p.statement)} for p in dated]
    told = [counted(len(values), "position")]
    if values:
        told.append(f"from {values[0]['when']} to {values[-1]['when']}")
    told += [f"{n} × {kind}" for kind, n in Counter(v["change"] for v in values).items()]
    if undated := len(points) - len(dated):
        notes = [*notes, f"{counted(undated, 'position')} without a date not drawn."]
    columns = {"when": "Day", "text": "Position", "change": "Change", "changed": "of", "outlet": "Printed by"}
    made = _filled(_positions(), values, ("Positions in order of time", ", ".join(told)), columns, notes)
    made["data"]["format"] = {"parse": {"day": "date", "since": "date"}}
    return made | {"height": LINE * len({v["change"] for v in values})}


def _position(point: Point, by_id: dict[str, Point]) -> Json:
    before = by_id.get(point.against or "")
    since = before.day.isoformat() if before and before.day else None
    earlier = spelled(since) if since else "an earlier statement"
    words = safe(point.text)
    return {
        "day": str(point.day),
        "when": f"{'printed ' * point.printed}{spelled(str(point.day))}",
        "text": words if len(words) <= MOST_CHARACTERS else f"{words[:MOST_CHARACTERS].rsplit(None, 1)[0]} […]",
        "outlet": safe(point.outlet or ""),
        "change": point.style.called,
        "since": since,
        "changed": f"{earlier} ({VERDICTS[point.judgement]})" if point.style.phrase else "",
    }


@cache
def _positions() -> str:
    import altair as alt

    rows = alt.Chart(alt.NamedData("rows"))
    styles = [UNCHANGED, *CHANGES.values()]
    names = [s.called for s in styles]
    time = alt.Scale(type="utc", padding=10)
    x = alt.X("day:T", scale=time, title=None)
    line = alt.Y(
        "change:N", sort=names, title=None, axis=alt.Axis(ticks=False, domain=False, labelPadding=8, grid=True)
    )
    colour = alt.Color("change:N", scale=alt.Scale(domain=names, range=[s.colour for s in styles]), legend=None)
    shape = alt.Shape("change:N", scale=alt.Scale(domain=names, range=[s.shape for s in styles]), legend=None)
    changed = rows.transform_filter("datum.since").encode(y=line, color=colour)
    tooltip = [
        "when:N",
        "text:N",
        alt.Tooltip("outlet:N", title="printed by"),
        "change:N",
        alt.Tooltip("changed:N", title="of"),
    ]
    return _skeleton(
        alt.layer(
            changed.mark_rule(strokeWidth=3).encode(x=x, x2="since"),
            changed.mark_tick(thickness=3, size=14).encode(x=alt.X("since:T", scale=time, title=None)),
            rows.mark_point(filled=True, opacity=1, size=130).encode(
                x=x, y=line, color=colour, shape=shape, href="href:N", tooltip=tooltip
            ),
        )
    )


# --- pledges --------------------------------------------------------------------------------------


def pledges(rows: Sequence[Total], notes: Sequence[str] = ()) -> Json:
    """Give bars of sums by year and giver, by beneficiary where there is one giver; currencies apart, never added."""
    by = "giver" if len({t.speaker for t in rows}) > 1 else "beneficiary"
    currencies = [c for c, _ in Counter(_currency(t) for t in rows).most_common(MOST_CURRENCIES)]
    drawn = [t for t in rows if _currency(t) in currencies]
    series = _largest(drawn, by)
    bars = defaultdict[tuple[str, str, str], list[Total]](list)
    for total in drawn:
        name = _name(total, by)
        bars[_currency(total), _year(total), name if name in series else OTHERS].append(total)
    values = [_bar(key, some, by) for key, some in sorted(bars.items())]
    told = (
        f"{counted(sum(t.pledges for t in rows), 'pledge')} with an amount, in {', '.join(currencies) or 'no currency'}"
    )
    columns = {"currency": "Currency", "year": "Year", by: by.capitalize(), "sum": "Sum", "pledges": "Pledges"}
    made = _filled(_pledges(by), values, (f"Pledges by {by}, currency and year", told), columns, notes)
    shown = dict(zip(series, LIGHT, strict=False))
    if any(v[by] == OTHERS for v in values):
        shown[OTHERS] = LIGHT[-1]
    made["encoding"]["color"]["scale"] = {"domain": list(shown), "range": list(shown.values())}
    made["encoding"]["row"]["sort"] = currencies
    made["encoding"]["x"]["scale"] = {"domain": _years(drawn)}
    return made


def _bar(key: tuple[str, str, str], some: Sequence[Total], by: str) -> Json:
    currency, year, name = key
    amount = sum(Decimal(t.amount) for t in some)
    pledged = {"amount": float(amount), "sum": f"{amount:,f} {currency}", "pledges": sum(t.pledges for t in some)}
    return {"currency": currency, "year": year, by: name, **pledged}


def _largest(rows: Sequence[Total], by: str) -> list[str]:
    """Give the names with the largest share of what was pledged in any one currency, the largest first."""
    whole, parts = defaultdict[str, Decimal](Decimal), defaultdict[tuple[str, str], Decimal](Decimal)
    for total in rows:
        whole[_currency(total)] += Decimal(total.amount)
        parts[_currency(total), _name(total, by)] += Decimal(total.amount)
    shares = dict[str, Decimal]()
    for (currency, name), part in parts.items():
        shares[name] = max(shares.get(name, Decimal()), part / (whole[currency] or 1))
    return sorted(shares, key=lambda name: (-shares[name], name))[:MOST_SERIES]


def _name(total: Total, by: str) -> str:
    return safe(total.speaker if by == "giver" else total.beneficiary or "nobody named")


def _currency(total: Total) -> str:
    return total.currency or "currency not told"


def _year(total: Total) -> str:
    return str(total.year) if total.year else UNDATED


def _years(rows: Sequence[Total]) -> list[str]:
    """Give the years from the first to the last, and some before where they are few; what has no date comes after."""
    known = [t.year for t in rows if t.year]
    last = max(known, default=0)
    first = min(*known, last - LEAST_YEARS + 1) if known else 1
    return [*map(str, range(first, last + 1)), *[UNDATED] * any(not t.year for t in rows)]


AMOUNT = (
    "{0} >= 1e9 ? format({0} / 1e9, ',~r') + ' bn' : {0} >= 1e6 ? format({0} / 1e6, ',~r') + ' m' : format({0}, ',')"
)


@cache
def _pledges(by: str) -> str:
    import altair as alt

    axis = alt.Axis(labelExpr=AMOUNT.format("datum.value"), tickCount=4)
    return _skeleton(
        alt.Chart(alt.NamedData("rows"), height=110)
        .mark_bar()
        .encode(
            alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            alt.Y("amount:Q", title=None, axis=axis),
            alt.Color(f"{by}:N", title=None),
            alt.Row("currency:N", title=None, header=alt.Header(labelOrient="top", labelAnchor="start")),
            tooltip=[f"{by}:N", "year:N", "sum:N", "pledges:Q"],
        )
        .resolve_scale(y="independent")
    )


# --- parts ----------------------------------------------------------------------------------------


def _skeleton(chart: "alt.Chart | alt.LayerChart | alt.FacetChart") -> str:
    """Give a chart without data as JSON: as wide as its place, dressed by the page that shows it."""
    made: dict[str, Any] = chart.properties(width="container").to_dict()
    return json.dumps({name: part for name, part in made.items() if name not in ("config", "data")})


def _filled(
    skeleton: str, values: list[Json], told: tuple[str, str], columns: dict[str, str], notes: Sequence[str] = ()
) -> Json:
    """Give the specification of a chart; `told` is its title and what it shows, in words."""
    title, description = (safe(words) for words in told)
    made: Json = json.loads(skeleton)
    return made | {
        "title": title,
        "description": " ".join([f"{title}: {description}.", *notes]),
        "data": {"values": values},
        "usermeta": {"dark": ON_DARK, "columns": columns, "note": " ".join(notes)},
    }
