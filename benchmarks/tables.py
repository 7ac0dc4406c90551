"""The benchmark's result as Markdown tables, and their place in the docs."""

import re
from pathlib import Path
from typing import Any

START, END = "<!-- benchmark: start -->", "<!-- benchmark: end -->"

Result = dict[str, Any]


def markdown(result: Result) -> str:
    """Give the tables: the systems side by side, then what only onrecord is measured for."""
    parts = [_caption(result), _systems(result["systems"]), *(f"Missing: {m}" for m in result["missing"])]
    if len(result["systems"]) > 1:
        parts.append(_ratios(result["systems"]))
    if result["alone"]:
        parts.append(_alone(result["alone"]))
    return "\n\n".join(parts)


def into(page: Path, text: str) -> None:
    """Put the text between the markers of a page."""
    old = page.read_text(encoding="utf-8")
    marked = re.compile(f"{re.escape(START)}.*?{re.escape(END)}", re.DOTALL)
    page.write_text(marked.sub(lambda _: f"{START}\n{text}\n{END}", old), encoding="utf-8")


def _caption(result: Result) -> str:
    m = result["machine"]
    return (
        f"{result['articles']} articles, {result['words']:,} words; {m['processor']}, {m['system']}, "
        f"one core of {m['cores']}, Python {m['python']}; medians of {result['runs']} alternating runs; {m['date']}."
    )


def _systems(systems: list[Result]) -> str:
    head = (
        "| system | attributed F1 | content>=0.5 F1 | full tuple exact F1 | exact pieces F1: source / cue / content "
        "| recall direct / mixed / indirect | words per CPU second | words per second | start-up, s | peak MB |"
    )
    return "\n".join([head, "| --- |" + " --- |" * 9, *(_row(s) for s in systems)])


def _row(system: Result) -> str:
    f, m = system["scores"], system["medians"]
    pieces = " / ".join(f"{f[f'exact {r} pieces F1']:.0f}" for r in ("source", "cue", "content"))
    recall = " / ".join(f"{f.get(f'recall of {k}', 0):.0f}" for k in ("direct", "mixed", "indirect"))
    cells = [
        system["name"],
        *(f"{f[k]:.1f}" for k in ("attributed F1", "content>=0.5 F1", "full tuple exact F1")),
        pieces,
        recall,
        f"{m['words per cpu second']:,.0f}",
        f"{m['words per second']:,.0f}",
        f"{m['startup wall']:.1f}",
        f"{m['megabytes']:.0f}",
    ]
    return f"| {' | '.join(cells)} |"


def _ratios(systems: list[Result]) -> str:
    ours, *peers = systems
    speed = ours["medians"]["words per cpu second"]
    ratios = [f"{speed / p['medians']['words per cpu second']:.2f} times that of {p['name']}" for p in peers]
    return f"Speed of {ours['name']}, words per CPU second: {', '.join(ratios)}."


def _alone(own: Result) -> str:
    rows = [
        ("`onrecord --help`", f"{own['help']:.2f} s", "under 0.4 s"),
        (
            "first result of a new process, `onrecord read --json` of one article",
            f"{own['first result']:.2f} s",
            "under 1.5 s",
        ),
        ("peak memory over 1,000 articles", f"{own['thousand megabytes']:.0f} MB", "under 600 MB"),
    ]
    return "\n".join(["| what | measured | aim |", "| --- | --- | --- |", *(f"| {' | '.join(r)} |" for r in rows)])
