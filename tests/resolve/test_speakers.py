import pytest

from onrecord.resolve import Resolver

# One row a rule: the marked text, and the speaker of the last quotation (name, type, role).
CASES = {
    "a title is stripped and kept as the role": (
        "<s0>French President Anna Moro</s0> <c0>said</c0> <q0>the pier is closed</q0>.",
        ("Anna Moro", "person", "French President"),
    ),
    "a role in lower case counts too": (
        "On Monday <s0>former party chairman Bo Lind</s0> <c0>said</c0> <q0>the pier is closed</q0>.",
        ("Bo Lind", "person", "former party chairman"),
    ),
    "an office with 'of' in it ends before the given name": (
        "<s0>Secretary of State Anna Moro</s0> <c0>said</c0> <q0>the pier is closed</q0>.",
        ("Anna Moro", "person", "Secretary of State"),
    ),
    "an apposition gives the role": (
        "<s0>Anna Moro, the mayor of Tarn,</s0> <c0>said</c0> <q0>the pier is closed</q0>.",
        ("Anna Moro", "person", "mayor of Tarn"),
    ),
    "a clause about somebody else is no role": (
        "<s0>Anna Moro, whose husband, a sailor, is lost,</s0> <c0>said</c0> <q0>the pier is closed</q0>.",
        ("Anna Moro", "person", None),
    ),
    "an age is no role": (
        "<s0>Anna Moro, 45, a nurse from Tarn,</s0> <c0>said</c0> <q0>the pier is closed</q0>.",
        ("Anna Moro", "person", "nurse from Tarn"),
    ),
    "a surname points back at the full name": (
        "Anna Moro came to Tarn. <s0>Moro</s0> <c0>said</c0> <q0>the pier is closed</q0>.",
        ("Anna Moro", "person", None),
    ),
    "a surname points forward at the full name": (
        "<s0>Moro</s0> <c0>said</c0> <q0>the pier is closed</q0>. Later Anna Moro left.",
        ("Anna Moro", "person", None),
    ),
    "a surname without a full name stands for itself": (
        "<s0>Zelenko</s0> <c0>said</c0> <q0>the pier is closed</q0>.",
        ("Zelenko", "person", None),
    ),
    "a form of address chooses between two of one surname": (
        "Anna Moro met her husband, Peter Moro. <s0>Mr. Moro</s0> <c0>said</c0> <q0>the pier is closed</q0>.",
        ("Peter Moro", "person", None),
    ),
    "a body in the possessive adds to the name": (
        "Bo Lind spoke. <s0>NATO's Lind</s0> <c0>tells</c0> <q0>Europe to wait</q0>.",
        ("Bo Lind", "person", None),
    ),
    "a place after the name does not hide it": (
        "<s0>Senator Anna Moro of Vermont</s0> <c0>said</c0> <q0>the pier is closed</q0>.",
        ("Anna Moro", "person", None),
    ),
    "a spokesman speaks, not the one he speaks for": (
        "<s0>Bo Lind, a spokesman for Anna Moro,</s0> <c0>said</c0> <q0>the pier is closed</q0>.",
        ("Bo Lind", "person", "spokesman for Anna Moro"),
    ),
    "the leader of a country is whoever the article calls its president": (
        "French President Anna Moro met Polish President Jan Nowak. <s0>The "
        "French leader</s0> <c0>said</c0> <q0>yes</q0>.",
        ("Anna Moro", "person", "French President"),
    ),
    "a headline's chief is the secretary general named after it": (
        "NATO Secretary General Bo Lind spoke. <s0>NATO Chief</s0> <c0>Says</c0> <q0>Pier Is Closed</q0>",
        ("Bo Lind", "person", "NATO Chief"),
    ),
    "he is the man who spoke before": (
        'Mayor Bo Lind met Anna Moro. <q0>"No,"</q0> <s0>Lind</s0> '
        '<c0>said</c0>. <q1>"Never,"</q1> <s1>he</s1> <c1>added</c1>.',
        ("Bo Lind", "person", "Mayor"),
    ),
    "she is the woman, though a man spoke last": (
        "<s0>Anna Moro</s0> <c0>said</c0> <q0>no</q0>. <s1>Bo Lind</s1> "
        "<c1>agreed</c1>. <s2>She</s2> <c2>said</c2> <q2>yes</q2>.<q1></q1>",
        ("Anna Moro", "person", None),
    ),
    "a body loses its article": (
        "<s0>the Kremlin</s0> <c0>rejected</c0> <q0>the plan</q0>.",
        ("Kremlin", "organisation", None),
    ),
    "a country speaks as a body": (
        "<s0>France</s0> <c0>rejected</c0> <q0>the plan</q0>.",
        ("France", "organisation", None),
    ),
    "a later short form finds the body": (
        "The Tarn Planning Committee met. <s0>The committee</s0> <c0>rejected</c0> <q0>the plan</q0>.",
        ("Tarn Planning Committee", "organisation", None),
    ),
    "a campaign is named after its owner": (
        "Anna Moro was away. <s0>Her campaign</s0> <c0>said</c0> <q0>the pier is closed</q0>.",
        ("Moro campaign", "organisation", None),
    ),
    "a description that fits nobody's role takes up who spoke last": (
        "<s0>Anna Moro</s0> <c0>said</c0> <q0>no</q0>. <s1>The novelist</s1> <c1>rejected</c1> <q1>the plan</q1>.",
        ("Anna Moro", "person", None),
    ),
    "an office takes up nobody without that office": (
        "<s0>Anna Moro</s0> <c0>said</c0> <q0>no</q0>. <s1>The president</s1> <c1>rejected</c1> <q1>the plan</q1>.",
        ("president", "unnamed", None),
    ),
    "a poll keeps the name it was given": (
        "A Tarn University poll came out. <s0>The poll</s0> <c0>found</c0> <q0>that 41 percent agree</q0>.",
        ("Tarn University poll", "document", None),
    ),
    "a named document leaves out when it came": (
        "<s0>A Tarn Post poll in December</s0> <c0>found</c0> <q0>that 41 percent agree</q0>.",
        ("Tarn Post poll", "document", None),
    ),
    "a description before the name gives way to it": (
        "<s0>One prominent conservative, syndicated radio host Bo Lind,</s0> <c0>rejected</c0> <q0>the plan</q0>.",
        ("Bo Lind", "person", None),
    ),
    "a family is a group": (
        "Anna Moro came. <s0>The Moros</s0> <c0>rejected</c0> <q0>the plan</q0>.",
        ("Moros", "group", None),
    ),
    "one's criticism is one's own": (
        "Anna Moro was away. <s0>Her</s0> <c0>criticism of</c0> <q0>the plan</q0> went on.",
        ("Anna Moro", "person", None),
    ),
    "many without a name are a group in lower case": (
        "<s0>Several senior officials</s0> <c0>said</c0> <q0>the pier is closed</q0>.",
        ("several senior officials", "group", None),
    ),
    "a group of a party keeps its capital": (
        "<s0>Republicans</s0> <c0>said</c0> <q0>the pier is closed</q0>.",
        ("Republicans", "group", None),
    ),
    "one without a name is unnamed": (
        "<s0>A senior aide</s0> <c0>said</c0> <q0>the pier is closed</q0>.",
        ("senior aide", "unnamed", None),
    ),
    "a poll is a document": (
        "<s0>The poll</s0> <c0>found</c0> <q0>that 41 percent agree</q0>.",
        ("poll", "document", None),
    ),
    "two names are joined": (
        "Anna Moro and Bo Lind came. <s0>Moro and Lind</s0> <c0>said</c0> <q0>the pier is closed</q0>.",
        ("Anna Moro; Bo Lind", "group", None),
    ),
    "they are the two who acted together": (
        "France and the United Kingdom lead <s0>they</s0>'ve <c0>dubbed</c0> <q0>a harbour pact</q0>.",
        ("France; United Kingdom", "group", None),
    ),
    "they are the group before": (
        "The leaders of nearly 30 countries met in Tarn. There <s0>they</s0> <c0>rejected</c0> <q0>the plan</q0>.",
        ("leaders of nearly 30 countries", "group", None),
    ),
    "it is the body before": (
        "The Tarn Port Authority met. <s0>It</s0> <c0>rejected</c0> <q0>the plan</q0>.",
        ("Tarn Port Authority", "organisation", None),
    ),
    "who takes up the name before it": (
        "They met Anna Moro, <s0>who</s0> <c0>rejected</c0> <q0>the plan</q0>.",
        ("Anna Moro", "person", None),
    ),
    "who takes up a description before it": (
        "They met a county commissioner <s0>who</s0> <c0>rejected</c0> <q0>the plan</q0>.",
        ("county commissioner", "unnamed", None),
    ),
    "a floating paragraph goes on with the speaker before it": (
        '<q0>"No,"</q0> <c0>said</c0> <s0>Anna Moro</s0>.\n\n<q1>"The pier is closed. It will stay so."</q1>',
        ("Anna Moro", "person", None),
    ),
    "a participle goes on with its sentence's speaker": (
        "<s0>Anna Moro</s0> <c0>said</c0> <q0>no</q0>, <c1>adding</c1> <q1>that the pier is closed</q1>.",
        ("Anna Moro", "person", None),
    ),
    "a loud label is a name": (
        "Bo Lind met the press.\n\n<s0>MR. LIND</s0><c0>:</c0> <q0>The pier is closed.</q0>",
        ("Bo Lind", "person", None),
    ),
    "a label that names a kind of people names nobody": (
        "<s0>SENIOR HARBOUR OFFICIAL</s0><c0>:</c0> <q0>The pier is closed.</q0>",
        ("senior harbour official", "unnamed", None),
    ),
    "a label without a full name is set in plain letters": (
        "<s0>MS. MORO</s0><c0>:</c0> <q0>The pier is closed.</q0>",
        ("Moro", "person", None),
    ),
}


def speakers(article, quotations):
    """The rules' answers alone: no networks, no people table."""
    return Resolver().resolve(article, quotations, ()).speakers


@pytest.mark.parametrize("case", CASES)
def test_speaker_is_resolved(case, marked):
    text, (name, kind, role) = CASES[case]
    got = speakers(*marked(text))[-1]
    assert (got.name, got.type) == (name, kind)
    if role is not None:
        assert got.role == role


def test_first_person_in_the_running_text_is_the_author(marked):
    article, quotations = marked("<s0>I</s0> <c0>think</c0> <q0>the pier is closed</q0>.", authors=("By IDA BERG",))
    assert (speakers(article, quotations)[0].name, speakers(article, quotations)[0].type) == (
        "Ida Berg",
        "author",
    )


def test_first_person_inside_quoted_words_is_their_speaker(marked):
    article, quotations = marked(
        '<s0>Anna Moro</s0> <c0>said</c0> <q0>"<s1>I</s1> <c1>think</c1> <q1>it is shut</q1>"</q0>.',
        authors=("Ida Berg",),
    )
    assert [s.name for s in speakers(article, quotations)] == ["Anna Moro", "Anna Moro"]


def test_pronoun_that_points_at_nobody_is_unnamed_and_unsure(marked):
    got = speakers(*marked("<s0>She</s0> <c0>said</c0> <q0>the pier is closed</q0>."))[0]
    assert (got.name, got.type) == ("she", "unnamed")
    assert got.confidence <= 0.3


def test_pronoun_never_takes_a_name_of_the_other_gender(marked):
    got = speakers(*marked("Mayor Peter Lind came. <s0>She</s0> <c0>said</c0> <q0>the pier is closed</q0>."))[0]
    assert got.name == "she"


def test_no_source_and_no_neighbour_gives_no_speaker(marked):
    assert speakers(*marked("It <c0>is expected</c0> <q0>to rain</q0>.")) == (None,)


def test_rival_pronoun_candidates_lower_the_confidence(marked):
    one, two = (
        speakers(*marked(f"{before} <s0>He</s0> <c0>said</c0> <q0>no</q0>."))[-1].confidence
        for before in ("Peter Lind left.", "Then, with Jan Nowak near Peter Lind, rain fell.")
    )
    assert two < one


def test_same_person_has_the_same_id_and_another_has_another(marked):
    article, quotations = marked(
        "<s0>Anna Moro</s0> <c0>said</c0> <q0>no</q0>. <s1>Moro</s1> "
        "<c1>said</c1> <q1>yes</q1>. <s2>Bo Lind</s2> <c2>left</c2> <q2>it</q2>."
    )
    a, b, c = speakers(article, quotations)
    assert a.id == b.id != c.id


def test_empty_article_gives_nothing(marked):
    assert speakers(*marked("")) == ()
