"""What stands in a source beside a name, and sources that are their own words: one row a rule."""

from datetime import date

import pytest

from onrecord.people import People
from onrecord.resolve import Resolver, ranking, sources

END = " <c0>said</c0> <q0>the pier is closed</q0>."

# The marked text before END, and the speaker of the first quotation.
CASES = {
    # the source's own words
    "a named poll loses its novelty": ("<s0>A new Tarn Post poll</s0>", "Tarn Post poll"),
    "a named poll loses when it was taken": ("<s0>A Tarn University poll last week</s0>", "Tarn University poll"),
    "a name may begin with New": ("<s0>A New Tarn Post poll</s0>", "New Tarn Post poll"),
    "of what a named document is made stays": (
        "<s0>the Tarn Post average of recent polls</s0>",
        "Tarn Post average of recent polls",
    ),
    "who released a document goes": ("<s0>a long report released Friday by the port</s0>", "long report"),
    "what dashes enclose goes": (
        "<s0>some liberal economists - including two from Tarn -</s0>",
        "some liberal economists",
    ),
    "a list stays whole": ("<s0>Friends, lobbyists and former foes</s0>", "Friends, lobbyists and former foes"),
    "a place with its county stays whole": (
        "<s0>Students at a small private school in Tarn, Westmark,</s0>",
        "students at a small private school in Tarn, Westmark",
    ),
    "named examples go": ("<s0>Several fact checkers, including The Tarn Post,</s0>", "several fact checkers"),
    "themselves adds nothing": ("<s0>The sailors themselves</s0>", "sailors"),
    "among is no part of a group": ("<s0>Among old voters</s0>", "old voters"),
    # a name among other words
    "two roles before a name are one person's": ("<s0>Former prosecutor and Tarn Mayor Bo Lind</s0>", "Bo Lind"),
    "a novelist and an actor are one": ("<s0>English novelist and actor Bo Lind</s0>", "Bo Lind"),
    "one of many is who is named after it": ("<s0>One of the port's executives, Bo Lind,</s0>", "Bo Lind"),
    "a study by somebody is a study": ("<s0>a study by economist Bo Lind</s0>", "study by economist Bo Lind"),
    "supporters are not whom they support": ("<s0>Supporters of Bo Lind</s0>", "supporters of Bo Lind"),
    "a name may go on behind for": (
        "<s0>the Tarn Court of Appeals for the 3rd Circuit</s0>",
        "Tarn Court of Appeals for the 3rd Circuit",
    ),
    "a body ends before a person": (
        "<s0>The Tarn Harbour Committee and Sen. Bo Lind of Westmark, the next chairman,</s0>",
        "Tarn Harbour Committee",
    ),
    # several
    "a shared noun joins its adjectives": ("<s0>Minority and women voters</s0>", "minority and women voters"),
    "both opens two": ("Ada Moro met Bo Lind. <s0>both Moro and Lind</s0>", "Ada Moro; Bo Lind"),
    "that before a name is no part of it": ("Ada Moro met Bo Lind. <s0>that Moro and Lind</s0>", "Ada Moro; Bo Lind"),
    "two campaigns share their noun": ("<s0>The Moro and Lind campaigns</s0>", "Moro campaign; Lind campaign"),
    "two given names share a surname": ("<s0>Anna and Peter Moro</s0>", "Anna Moro; Peter Moro"),
    # somebody's
    "an office is its holder's, in full": ("Anna Moro came. <s0>Moro's office</s0>", "Anna Moro’s office"),
    "a candidate's team is the campaign": ("Candidate Anna Moro came. <s0>Her team</s0>", "Moro campaign"),
    "a candidate's camp is the campaign": ("Candidate Anna Moro came. <s0>Moro's camp</s0>", "Moro campaign"),
    "a team without election is a team": ("Engineer Anna Moro came. <s0>Her team</s0>", "Moro team"),
    "a body in the possessive keeps its words": ("<s0>The U.S. attorney's office</s0>", "U.S. attorney's office"),
    "a name beside what is owned is its name": ("<s0>Mr. Moro's group, Piers for Tarn,</s0>", "Piers for Tarn"),
    "a possessive within a description owns nothing": (
        "Bo Lind came. <s0>a person familiar with Lind's views</s0>",
        "person familiar with Lind's views",
    ),
    "whose takes up the name before it": ("They met candidate Anna Moro, <s0>whose campaign</s0>", "Moro campaign"),
    # who is known by what
    "a word before a full name that stands alone elsewhere is none of it": (
        "Celebrating Anna Moro At 50\n\nAnna Moro came. <s0>Moro</s0>",
        "Anna Moro",
    ),
    "a county may begin with a given name": ("<s0>Clark County Sheriff Joe Lind</s0>", "Joe Lind"),
    "capitals of a transcript give way to small letters": ("ANNA MORO spoke. <s0>Anna Moro</s0>", "Anna Moro"),
    "dots between initials go": ("Officers came. <s0>The X.Y.Z.</s0>", "XYZ"),
    "a couple are two": ("Anna Moro met Peter Moro. <s0>The Moros</s0>", "Anna Moro; Peter Moro"),
    "a relative by given name has the family's": ("Anna Moro came. <s0>Moro's son, Peter,</s0>", "Peter Moro"),
    "the front-runner is of the named party": (
        "Republican Anna Moro met Democrat Bo Lind. Lind left, Lind came and Lind sat. Moro stood. "
        "<s0>The GOP front-runner</s0>",
        "Anna Moro",
    ),
    "a survey takes up the poll": ("A Tarn Post poll came out. <s0>The survey</s0>", "Tarn Post poll"),
    "a new poll takes up no words of another sentence": (
        "It came on Wednesday. A shocking new poll came out. <s0>The poll</s0>",
        "poll",
    ),
    "a name that ends in a role is nobody's": ("Bo Lind came. <s0>the Tarn Union Leader</s0>", "Tarn Union Leader"),
    "a candidate's camp in other words is the campaign": ("<s0>The Lind camp</s0>", "Lind campaign"),
    "a campaign is named by the surname": ("<s0>The Bo Lind presidential campaign</s0>", "Lind campaign"),
    "the newspaper is the outlet named last": (
        "The Tarn Post met the Lind Foundation. <s0>The newspaper</s0>",
        "Tarn Post",
    ),
    "the organization is no outlet and no party": (
        "The Lind Foundation met the Harbour Party and the Tarn Post. <s0>The organization</s0>",
        "Lind Foundation",
    ),
    # relatives
    "who leaps over the place behind the name": ("They met Bo Lind of Tarn, <s0>who</s0>", "Bo Lind"),
}


@pytest.mark.parametrize("case", CASES)
def test_source_is_resolved(case, marked):
    text, name = CASES[case]
    article, quotations = marked(text + END)
    assert Resolver().resolve(article, quotations, ()).speakers[0].name == name


def test_questions_are_the_authors_and_answers_the_guests(marked):
    article, quotations = marked(
        "Actress Anna Moro has written a book about Peter Lind.\n\n<s0>Q</s0><c0>:</c0> <q0>Why now?</q0>\n\n"
        "<s1>A</s1><c1>:</c1> <q1>It was time.</q1>\n\n<s2>Q</s2><c2>:</c2> <q2>And then?</q2>",
        authors=("Ida Berg",),
    )
    speakers = Resolver().resolve(article, quotations, ()).speakers
    assert [(s.name, s.type) for s in speakers] == [
        ("Ida Berg", "author"),
        ("Anna Moro", "person"),
        ("Ida Berg", "author"),
    ]


def test_a_full_name_of_the_people_table_is_a_persons(marked):
    people = People.load()
    article, quotations = marked("François Hollande came. <s0>Hollande</s0>" + END, published=date(2016, 5, 2))
    speaker = Resolver(people).resolve(article, quotations, ()).speakers[0]
    assert (speaker.name, speaker.type) == ("François Hollande", "person")


def candidates(article, quotations):
    """The names of all who may be meant by the last quotation's source."""
    seen = []

    class Looking:
        def answer(self, case, answer, rule):
            seen.append([c.referent.name for c in ranking.choices(case, answer, rule)])
            return answer

    sources.resolve(article, quotations, None, lambda _: Looking())
    return seen[-1]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Anna Moro came. <s0>Her aides</s0>", {"Moro aides", "Moro’s aides", "Anna Moro’s aides", "aides"}),
        ("Anna Moro came. <s0>Moro's forces</s0>", {"Moro campaign"}),
        ("Anna Moro came. <s0>The Moro team</s0>", {"Moro campaign"}),
        ("<s0>Only two sailors</s0>", {"only two sailors", "two sailors"}),
        ("The Tarn Port Authority met the Lind Foundation. <s0>The organization</s0>", {"Tarn Port Authority"}),
        ("A Tarn Post survey came. <s0>New polls</s0>", {"Tarn Post survey"}),
        ("<s0>a national Tarn Post poll</s0>", {"Tarn Post poll"}),
    ],
    ids=lambda x: x if isinstance(x, str) else "",
)
def test_other_ways_to_name_it_are_choices(text, names, marked):
    assert names <= set(candidates(*marked(text + END)))


def test_without_a_source_the_author_is_a_choice(marked):
    article, quotations = marked("It <c0>is expected</c0> <q0>to rain</q0>.", authors=("Ida Berg",))
    assert "Ida Berg" in candidates(article, quotations)
