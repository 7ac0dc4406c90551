"""The tables that ship, as they lie in `data/`: tab-separated lines in sorted order, read when first asked for."""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Give the rows of a small table, each with all its columns; lines that begin with # are comments."""
    return tuple(tuple(line.split("\t")) for line in lines(name))


@cache
def lines(name: str) -> tuple[str, ...]:
    """Give the lines of a table in the order in which they are sorted."""
    text = (files("onrecord.people") / "data" / f"{name}.tsv").read_text("utf-8")
    return tuple(line for line in text.split("\n") if line and line[0] != "#")


def starting(table: tuple[str, ...], key: str) -> Iterator[tuple[str, ...]]:
    """Give the rows whose first columns are `key` (tab-separated), found by halving: no index is made."""
    start = f"{key}\t"
    at = bisect_left(table, start)
    while at < len(table) and table[at].startswith(start):
        yield tuple(table[at].split("\t"))
        at += 1
