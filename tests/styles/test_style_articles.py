import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def styles():
    spec = importlib.util.spec_from_file_location("styles", ROOT / "training" / "styles.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("folder", ["training/data/styles", "tests/styles"])
def test_every_style_article_is_sound_and_without_fault(styles, folder):
    articles = styles.read(ROOT / folder)
    assert len(articles) >= 30
    assert [(a["id"], f) for a in articles for f in styles.faults(a)] == []


def test_the_check_set_shares_no_sentence_with_the_training_articles(styles):
    def sentences(folder):
        found = (re.split(r"(?<=[.?!])\s+|\n+", a["text"]) for a in styles.read(ROOT / folder))
        return {s.strip() for article in found for s in article if len(s.split()) > 6}

    assert sentences("tests/styles") & sentences("training/data/styles") == set()


def test_marks_become_exact_spans_of_clean_text(styles):
    article = styles.parse("x", '{c1|"{s2|Ann} {q2|said} {c2|no},"} {s1|Bo} {q1|said}. {c1|"So."}')
    assert article["text"] == '"Ann said no," Bo said. "So."'
    outer, inner = ({k: [article["text"][a:b] for a, b in v] for k, v in s.items()} for s in article["statements"])
    assert outer == {"source": ["Bo"], "cue": ["said"], "content": ['"Ann said no,"', '"So."']}
    assert inner == {"source": ["Ann"], "cue": ["said"], "content": ["no"]}


def test_a_label_s_colon_is_a_cue_only_when_asked_for(styles):
    turn = "{s1|Q}{t1|:} {c1|Why?}"
    assert styles.parse("x", turn)["statements"][0]["cue"] == []
    assert styles.parse("x", turn, turns=True)["statements"][0]["cue"] == [[1, 2]]


@pytest.mark.parametrize(
    ("marked", "says"),
    [
        ("{c1|open", "never closed"),
        ("closed}", "closes nothing"),
        ("{x1|what}", "opens no mark"),
        ("{s1|Ann} {q1|spoke}", "no content"),
        ("{c1| blank}", "begins or ends with a blank"),
        ("{c1|one\n\ntwo}", "two paragraphs"),
    ],
)
def test_broken_markup_is_named_with_its_remedy(styles, marked, says):
    with pytest.raises(styles.MarkupError, match=says):
        styles.parse("x", marked)
