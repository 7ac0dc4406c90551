"""Compare the figures reached now with the floors in floors.json, or raise the floors to them.

python benchmarks/floors.py --shared ../shared            show both
python benchmarks/floors.py --shared ../shared --raise    raise each floor that is below its figure; none is lowered
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import scoring

FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.4  # percentage points: another processor rounds a little differently, and one direct statement of dev is 0.3
WIDER = {"speakers dev": 1.5}  # one statement is 0.3 there too, and one speaker is often that of several

Table = dict[str, dict[str, float]]


def main() -> int:
    """Show figures beside floors, raise the floors where asked; give 1 where a figure is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=scoring.ROOT.parent / "shared")
    parser.add_argument(
        "--raise", action="store_true", dest="lift", help="write what is above its floor to floors.json"
    )
    options = parser.parse_args()
    floors = read()
    figures = scoring.floors_figures(options.shared.resolve(), scoring.ROOT / "benchmarks" / "out")
    for name, floor in floors.items():
        for key, least in floor.items():
            print(f"{name:12} {key:24} {figures[name].get(key, 0.0):6} (floor {least})")
    if options.lift:
        FLOORS.write_text(json.dumps(raised(floors, figures), indent=2) + "\n")
    failures = list(below(floors, figures))
    print(*failures, sep="\n")
    return 1 if failures else 0


def read() -> Table:
    """Give the floors: the set of data, then the figure, then the least it may be."""
    table: Table = json.loads(FLOORS.read_text())
    return table


def below(floors: Table, figures: Table) -> Iterator[str]:
    """Give a sentence for each figure under its floor, with what to do."""
    for name, floor in floors.items():
        for key, least in floor.items():
            figure = figures[name].get(key, 0.0)
            if figure < least - (WIDER.get(name, SLACK) if isinstance(least, float) else 0):
                yield (
                    f"{name}: {key} is {figure}, its floor is {least}. Find what lowered it; where the loss is worth "
                    "it, lower the floor by hand in benchmarks/floors.json and say why in the commit. "
                    "(`make floors` raises floors to what is reached, and never lowers one.)"
                )


def raised(floors: Table, figures: Table) -> Table:
    """Give the floors with each raised to its figure where that is higher."""
    return {
        name: {key: max(least, figures[name].get(key, least)) for key, least in floor.items()}
        for name, floor in floors.items()
    }


if __name__ == "__main__":
    sys.exit(main())
