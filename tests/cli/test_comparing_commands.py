"""`onrecord compare`, `reversals`, `timeline`, `card`, `learn`: what they list, draw and learn, judged by a script."""

import json

import pytest

THEN = 'Ilse Brandt said on 2026-03-14: "The harbour fees will fall before the summer."'
NOW = 'Ilse Brandt said on 2026-03-26 to commit: "The harbour fees will not fall before the summer."'
OTHER = 'Nils Oake said on 2026-03-20: "The old ferry is safe and will sail again."'
LATER = 'Nils Oake said on 2026-04-20: "The old ferry is not safe and will sail no more."'
REVERSAL = {"id", "speaker", "issue", "label", "clash", "days", "earlier", "later", "evidence", "why", "judgement"}
SIDE = {"statement", "article", "said", "text", "also"}
CHANGES = ("said the fees fall", "said the fees do not fall")


@pytest.fixture
def turned(town, tmp_path):
    """Runs a command; the record holds two speakers who said the opposite later."""
    for name, words in {"then": THEN, "now": NOW, "other": OTHER, "later": LATER}.items():
        (tmp_path / f"{name}.txt").write_text(f"News, {name}\n\n{words}\n", "utf-8")
    ended = town("add", "--json", "then.txt", "now.txt", "other.txt", "later.txt")
    assert ended.json()[-1]["reversals"] == 2
    return town


def listed(run, *arguments):
    return [line["speaker"]["name"] for line in run("reversals", *arguments, "--json").json()]


def test_adding_tells_only_of_reversals_that_were_not_there_before(turned, tmp_path):
    again = 'Ilse Brandt said on 2026-03-28 to commit: "The harbour fees will not fall before the summer."'
    back = 'Nils Oake said on 2026-05-02: "The old ferry is safe and will sail again next week."'
    (tmp_path / "again.txt").write_text(f"News, again\n\n{again}\n", "utf-8")
    (tmp_path / "back.txt").write_text(f"News, back\n\n{back}\n", "utf-8")
    assert turned("add", "--json", "again.txt").json()[-1]["reversals"] == 0
    assert turned("add", "--json", "back.txt").json()[-1]["reversals"] == 1
    assert len(listed(turned)) == 3


# --- compare --------------------------------------------------------------------------------------


def test_two_sentences_are_compared(onrecord):
    (line,) = onrecord("compare", *CHANGES, "--json").json()
    assert line.keys() >= {"id", "label", "clash", "probabilities", "evidence", "why"}
    assert (line["label"], line["clash"]) == ("reversal", 0.9)
    assert sum(line["probabilities"].values()) == pytest.approx(1, abs=0.01)
    for words, side in zip(CHANGES, ("earlier", "later"), strict=True):
        assert [words[s["start"] : s["end"]] for s in line["evidence"][side]] == [words]


def test_for_people_both_sentences_are_shown_with_what_changed(onrecord):
    ended = onrecord("compare", *CHANGES)
    assert ended.status == 0
    assert "90% likely that the two cannot both stand" in ended.out
    assert all(words in ended.out for words in CHANGES)
    assert "\x1b" not in ended.out
    assert "\x1b" in onrecord("compare", *CHANGES, "--color").out


def test_the_pairs_of_a_file_are_answered_in_their_order_with_their_ids(onrecord, tmp_path):
    then, now = ({"date": f"2026-03-{day}", "text": text} for day, text in zip((14, 26), CHANGES, strict=True))
    rows = [{"id": "a", "earlier": then, "later": now}, {"earlier": CHANGES[0], "later": CHANGES[0]}]
    (tmp_path / "pairs.jsonl").write_text("\n\n".join(map(json.dumps, rows)), "utf-8")
    lines = onrecord("compare", "pairs.jsonl", "--json").json()
    assert [(line["id"], line["label"]) for line in lines] == [("a", "reversal"), (3, "consistent")]


def test_a_list_longer_than_is_judged_at_once_is_answered_whole(onrecord, tmp_path):
    rows = [{"id": n, "earlier": CHANGES[0], "later": CHANGES[n % 2]} for n in range(150)]
    (tmp_path / "pairs.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    lines = onrecord("compare", "pairs.jsonl", "--json").json()
    assert [line["id"] for line in lines] == list(range(150))
    assert [line["label"] for line in lines] == ["consistent", "reversal"] * 75


@pytest.mark.parametrize(
    "line",
    [
        b'{"earlier": "a"}',
        b'{"earlier": {"date": "2026-03-14"}, "later": "b"}',
        b'{"earlier": {"text": "a", "date": "soon"}, "later": "b"}',
        b'{"earlier": 3, "later": "b"}',
        b'["earlier", "later"]',
        b"no pair",
        b"\x89PNG\xff",
    ],
)
def test_a_line_that_holds_no_pair_is_answered_with_its_number_and_form(onrecord, tmp_path, line):
    (tmp_path / "pairs.jsonl").write_bytes(b'{"earlier": "a", "later": "b"}\n' + line)
    ended = onrecord("compare", "pairs.jsonl", "--json")
    assert (ended.status, ended.out) == (4, "")
    assert ended.err.startswith('onrecord: Line 2 holds no pair. Write {"id": ...')


def test_a_file_that_is_not_there_is_answered_with_what_to_do(onrecord):
    ended = onrecord("compare", "nowhere.jsonl")
    told = "There is no file 'nowhere.jsonl'. Give two statements, or a file of pairs, one a line."
    assert (ended.status, told in " ".join(ended.err.split())) == (2, True)


@pytest.mark.parametrize("judge", ["nowhere", "http://localhost:1", "gopher://x#y"])
def test_a_judge_that_cannot_be_is_answered_with_what_to_do(onrecord, judge):
    ended = onrecord("compare", *CHANGES, "--judge", judge)
    assert ended.status in (2, 4)
    assert ended.out == ""
    assert ended.err.startswith("onrecord: ")
    assert ended.err.rstrip().endswith(".")


# --- reversals ------------------------------------------------------------------------------------


def test_a_reversal_in_json_has_the_fields_of_the_contract(turned):
    ended = turned("reversals", "--speaker", "Ilse Brandt", "--json")
    (line,) = ended.json()
    assert line.keys() >= REVERSAL
    assert line["earlier"].keys() >= SIDE
    assert line["later"].keys() >= SIDE
    assert (line["label"], line["days"], line["judgement"]) == ("reversal", 12, None)
    assert 0.9 < line["clash"] < 1  # the stand-in says 0.9, and both lie near each other
    assert (line["earlier"]["said"], line["later"]["said"]) == ("2026-03-14", "2026-03-26")
    assert line["earlier"]["article"]["name"] == "then.txt"
    assert "will fall" in line["earlier"]["text"]
    texts = {"earlier": THEN, "later": NOW}
    assert all(span["text"] in texts[side] for side in texts for span in line["evidence"][side])
    assert ended.err == ""


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["--about", "ferry"], ["Nils Oake"]),
        (["--about", "bridge"], []),
        (["--speaker", "Ilse Brandt"], ["Ilse Brandt"]),
        (["--since", "2026-04-01"], ["Nils Oake"]),
        (["--until", "2026-04-01"], ["Ilse Brandt"]),
        (["--act", "commit"], ["Ilse Brandt"]),
        (["--min-clash", "0.999"], []),
        (["--label", "softened", "--label", "hardened"], []),
        (["--label", "reversal"], ["Ilse Brandt", "Nils Oake"]),
        (["--limit", "0"], ["Ilse Brandt", "Nils Oake"]),
    ],
)
def test_reversals_are_chosen_by_what_is_asked_for(turned, arguments, names):
    assert sorted(listed(turned, *arguments)) == names


def test_pages_of_reversals_follow_each_other(turned):
    pages = [listed(turned, "--limit", "1", "--page", page) for page in ("1", "2", "3")]
    assert sorted(pages[0] + pages[1]) == ["Ilse Brandt", "Nils Oake"]
    assert pages[2] == []


def test_for_people_both_sides_stand_word_for_word_without_colours_in_a_pipe(turned):
    ended = turned("reversals", "--speaker", "Ilse Brandt")
    shown = " ".join(ended.out.split())
    assert "Ilse Brandt (Mayor)" in shown
    assert "12 days apart" in shown
    assert "candidate" in shown
    assert "will not fall before the summer" in shown
    assert "\x1b" not in ended.out
    assert turned("reversals", "--about", "bridge").out == "No reversals found.\n"


@pytest.mark.parametrize("form", ["--csv", "--md"])
def test_reversals_are_listed_in_other_forms(turned, form):
    ended = turned("reversals", form)
    assert ended.status == 0
    assert "Ilse Brandt" in ended.out
    assert "Nils Oake" in ended.out


def test_nobody_of_that_name_and_days_that_cannot_be_are_answered_with_what_to_do(turned):
    assert turned("reversals", "--speaker", "Ada Holm").status == 4
    ended = turned("reversals", "--since", "2026-04-01", "--until", "2026-03-01")
    assert ended.status == 2
    assert "Exchange them." in ended.err
    assert turned("reversals", "--min-clash", "2").status == 2
    assert turned("reversals", "--label", "flip").status == 2


def test_what_a_correction_left_waiting_is_compared_before_it_is_listed(turned):
    assert turned("edit", "merge", "Nils Oake", "Ilse Brandt").status == 0
    assert listed(turned) == ["Ilse Brandt", "Ilse Brandt"]
    assert listed(turned, "--speaker", "Nils Oake") == ["Ilse Brandt", "Ilse Brandt"]


# --- verdicts -------------------------------------------------------------------------------------


def test_a_verdict_by_the_beginning_of_the_id_is_shown_and_can_be_undone(turned):
    (line,) = turned("reversals", "--speaker", "Ilse Brandt", "--json").json()
    ended = turned("judge", line["id"][:8], "confirmed", "--by", "Ana")
    key = ended.err.removeprefix("Kept as ").partition(":")[0]
    assert ended.err == f"Kept as {key}: the reversal is confirmed. Undo it with `onrecord undo {key}`.\n"
    (judged,) = turned("reversals", "--speaker", "Ilse Brandt", "--json").json()
    assert (judged["judgement"], judged["judged_by"]) == ("confirmed", "Ana")
    assert "confirmed by Ana" in " ".join(turned("reversals").out.split())
    shown = turned("show", line["later"]["statement"]).out
    assert "Ana" not in shown
    assert turned("undo", key).status == 0
    assert turned("reversals", "--speaker", "Ilse Brandt", "--json").json() == [line]


def test_an_id_of_several_reversals_is_answered_with_theirs(turned):
    ended = turned("judge", "", "confirmed")
    assert ended.status == 2
    assert "Give one: " in ended.err
    assert turned("log", "--json").out == ""


def test_too_few_verdicts_teach_nothing(turned):
    (line,) = turned("reversals", "--speaker", "Ilse Brandt", "--json").json()
    turned("judge", line["id"], "confirmed")
    ended = turned("learn")
    assert ended.status == 4
    assert ended.err == "Too few verdicts: it takes 5. Give some with `onrecord judge ID confirmed`.\n"


def test_verdicts_move_what_is_listed_until_that_is_undone(town, tmp_path):
    for name in ("Ada Holm", "Bo Lind", "Cleo Tarn", "Dag Moe", "Eva Rask", "Finn Oake"):
        words = "\n\n".join(line.replace("Ilse Brandt", name) for line in (THEN, NOW))
        (tmp_path / f"{name}.txt").write_text(f"{name} turns\n\n{words}\n", "utf-8")
        assert town("add", "--quiet", f"{name}.txt").status == 0
    before = town("reversals", "--json").json()
    assert len(before) == 6
    for line in before:
        assert town("judge", line["id"], "rejected").status == 0
    ended = town("learn", "--by", "Ana")
    assert ended.status == 0
    assert "Learned from 6 verdicts" in ended.err
    after = town("reversals", "--min-clash", "0", "--json").json()
    assert all(line["clash"] < before[0]["clash"] for line in after)
    key = ended.err.rpartition("onrecord undo ")[2].partition("`")[0]
    assert town("undo", key).status == 0
    again = town("reversals", "--json").json()
    assert [line["clash"] for line in again] == [line["clash"] for line in before]


# --- timeline and card ----------------------------------------------------------------------------


def test_a_timeline_gives_the_positions_in_order_with_what_changed(turned):
    lines = turned("timeline", "Ilse Brandt", "--about", "harbour", "--json").json()
    assert [line["day"] for line in lines] == ["2026-03-14", "2026-03-26"]
    assert [line["change"] for line in lines] == [None, "reversal"]
    assert lines[1]["against"] == lines[0]["statement"]
    shown = turned("timeline", "Ilse Brandt")
    assert shown.out.index("2026-03-14") < shown.out.index("2026-03-26")
    assert "\x1b" not in shown.out
    assert turned("timeline", "Ada Holm").status == 4


@pytest.mark.parametrize("form", ["svg", "png", "html"])
def test_a_timeline_and_a_card_are_drawn_into_files(turned, tmp_path, form):
    (line,) = turned("reversals", "--speaker", "Ilse Brandt", "--json").json()
    ended = turned("timeline", "Ilse Brandt", f"--{form}", f"line.{form}")
    assert (ended.status, ended.out, ended.err) == (0, "", f"Wrote line.{form}.\n")
    ended = turned("card", line["id"][:8], "-o", f"card.{form.upper()}")
    assert (ended.status, ended.out, ended.err) == (0, "", f"Wrote card.{form.upper()}.\n")
    begins = {"svg": b"<", "png": b"\x89PNG", "html": b"<"}[form]
    for name in (f"line.{form}", f"card.{form.upper()}"):
        assert (tmp_path / name).read_bytes().startswith(begins)


@pytest.mark.parametrize("name", ["card", "card.gif", "card.svg.txt"])
def test_a_card_needs_an_ending_that_tells_its_form(turned, name):
    ended = turned("card", "whichever", "-o", name)
    assert ended.status == 2
    assert "Give one of .svg, .png, .html." in ended.err


def test_a_card_of_what_is_not_there_or_in_no_folder_is_answered_with_what_to_do(turned, tmp_path):
    assert "onrecord reversals" in turned("card", "zz", "-o", "card.svg").err
    (line,) = turned("reversals", "--speaker", "Ilse Brandt", "--json").json()
    ended = turned("card", line["id"], "-o", "nowhere/card.svg")
    assert ended.status == 2
    assert "Give a file in a folder that exists." in ended.err
    assert not (tmp_path / "nowhere").exists()
