"""Time expressions: our figures on annotated news, and on the examples that two libraries publish as their tests.

    python benchmarks/times.py --shared ../shared            all of it
    python benchmarks/times.py --shared ../shared --wrong    and each example in scope that is wrong, by its index

News: TimeBank and MEANTIME (the rules were developed on them; of MEANTIME the sentences that were annotated) and
AQUAINT (never looked at but for its score), as score.py counts. Speed: words per second over whole articles, one core.

Examples: those of Recognizers-Text and duckling, mostly what one says to an assistant or types into a form. Each is
first asked whether news would write it so: one whose expression meets a pattern of times_scope.py is left out, with
that pattern's reason, whether we would read it right or not. In scope, an example is right where each time in it is
found with a value that is expected: the same days or clock time, the same length, the same repetition. A range that the
libraries write as one and TIMEX3 as two is right where both ends are. A value that TIMEX3 writes coarser is right where
it holds the one expected ("three weeks ago" is a week). An example without times is right where none is found. The
examples in scope that are wrong stand in times_wrong.json by their index in the shared files, with a reason each. Both
files were written with the examples in view: they say what is read, and are no held-out test.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import scoring
import times_scope
from times_values import expected, spoken, standing

from onrecord.normalize import timexes

WRONG = Path(__file__).with_name("times_wrong.json")
Row = dict[str, Any]


def main() -> int:
    """Print all figures; give 1 where an example is wrong that times_wrong.json does not list."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=lambda p: Path(p).resolve(), default=scoring.ROOT.parent / "shared")
    parser.add_argument("--wrong", action="store_true", help="list the examples in scope that are wrong")
    options = parser.parse_args()
    folder = scoring.ROOT / "benchmarks" / "out"
    folder.mkdir(exist_ok=True)
    for name in ("timebank", "meantime_en", "aquaint"):
        print(f"{name:12}", news(options.shared, name, folder))
    print(f"{'words per second':12}", round(speed(options.shared)))
    known, unlisted = json.loads(WRONG.read_text()), 0
    for name in ("recognizers", "duckling"):
        right, wrong, left_out = examples(options.shared, name)
        share = 100 * len(right) / (len(right) + len(wrong))
        print(
            f"{name:12} right {len(right)} of {len(right) + len(wrong)} in scope ({share:.1f}%);", "left out:", left_out
        )
        new = [i for i in wrong if str(i) not in known[name]]
        unlisted += len(new)
        for i in wrong if options.wrong else new:
            print("   ", i, known[name].get(str(i), "NOT LISTED"))
    return 1 if unlisted else 0


def news(shared: Path, name: str, folder: Path) -> scoring.Figures:
    """Score one annotated set; F1 in per cent."""
    gold, out = folder / f"{name}.gold.jsonl", folder / f"{name}.out.jsonl"
    with gold.open("w") as a, out.open("w") as b:
        for row in _rows(shared / "data" / "time" / f"{name}.jsonl"):
            limit = _annotated(row) if name == "meantime_en" else len(row["text"])
            want = sorted((t for t in row["timexes"] if t.get("start", limit) < limit), key=lambda t: t["start"])
            found = [t for t in timexes(row["text"], _day(row["dct"])) if t.span.start < limit]
            have = [{"start": t.span.start, "end": t.span.end, "type": t.type, "value": t.value} for t in found]
            a.write(json.dumps({"id": row["id"], "times": want}) + "\n")
            b.write(json.dumps({"article": {"name": row["id"]}, "times": have}) + "\n")
    return {k: v["F1"] for k, v in scoring.scorer(shared).times(str(gold), str(out)).items()}


def speed(shared: Path, runs: int = 3) -> float:
    """Give words per second of processor time over TimeBank's articles, the best of some runs."""
    rows = list(_rows(shared / "data" / "time" / "timebank.jsonl"))
    words, best = sum(len(row["text"].split()) for row in rows), float("inf")
    for _ in range(runs):
        start = time.process_time()
        for row in rows:
            timexes(row["text"], _day(row["dct"]))
        best = min(best, time.process_time() - start)
    return words / best


def examples(shared: Path, name: str) -> tuple[list[int], list[int], Counter[str]]:
    """Give the indices of right and wrong examples in scope, and how many were left out for which reason."""
    right: list[int] = []
    wrong: list[int] = []
    left_out: Counter[str] = Counter()
    cases = recognizers(shared) if name == "recognizers" else duckling(shared)
    for index, text, reference, wanted in cases:
        reason = times_scope.left_out(wanted)
        if reason:
            left_out[reason] += 1
            continue
        text = spoken(text)
        found = timexes(text, reference)
        fine = all(standing(w, text, found, reference) for w in wanted) if wanted else not found
        (right if fine else wrong).append(index)
    return right, wrong, left_out


def recognizers(shared: Path) -> Iterator[tuple[int, str, date | None, list[Row]]]:
    """Give the examples of Recognizers-Text: index, sentence, reference date, expected times; each sentence once."""
    seen = set()
    for index, row in enumerate(_rows(shared / "data" / "time" / "recognizers_datetime.jsonl")):
        key = (row["text"], row["reference"])
        if key not in seen:
            seen.add(key)
            yield index, row["text"], _day(row["reference"]), [expected(r) for r in row["results"]]


def duckling(shared: Path) -> Iterator[tuple[int, str, date | None, list[Row]]]:
    """Give duckling's phrases in a sentence whose tense says on which side of the reference they lie.

    The index counts phrases over all groups.
    """
    index = -1
    for row in _rows(shared / "data" / "time" / "duckling_time_en.jsonl"):
        ahead = bool(row["start"]) and row["start"][:10] >= row["reference"][:10]
        for phrase in row["texts"]:
            index += 1
            text = f"They will meet {phrase}." if ahead else f"They met {phrase}."
            yield index, text, _day(row["reference"]), [{"text": phrase, "kind": _kind(row), "values": [row]}]


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _kind(row: Row) -> str:
    if row["section"] == "latentCorpus":
        return "latent"
    if "Holiday" in row["kind"]:
        return "holiday"
    return "clock" if row["grain"] in ("Hour", "Minute", "Second") else "date"


def _annotated(row: Row) -> int:
    """Give the end of the last sentence of a MEANTIME article that annotators read (title, date and five more)."""
    ends = [t["end"] for t in row["timexes"] + row["events"] if "end" in t and row["sent"][t["tok"][0]] <= 6]
    line = row["text"].find("\n", max(ends, default=0))
    return line if line > 0 else len(row["text"])


def _day(stamp: str | None) -> date | None:
    if not stamp:
        return None
    try:
        return date.fromisoformat(stamp[:10])
    except ValueError:  # one article of MEANTIME has its date the American way
        return datetime.strptime(stamp, "%m-%d-%Y").date()


if __name__ == "__main__":
    sys.exit(main())
