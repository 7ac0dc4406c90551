"""Who may be meant by a source, what speaks for each of them, and whom a scripted network makes of it."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from scripted_nets import looked, nets, scores_for, weighed
from test_resolve_fuzz import readings

from onrecord.people import People
from onrecord.resolve import Resolver, ranking
from onrecord.types import Article, Quotation, Span

TWO = (
    "The Tarn Port Authority met Anna Moro and Bo Lind.\n\n<s0>Moro</s0> <c0>said</c0> <q0>no</q0>.\n\n"
    "<s1>Lind's spokesman Peter Dahl</s1> <c1>said</c1> <q1>yes</q1>.\n\n<s2>She</s2> <c2>denied</c2> <q2>it</q2>."
)


def all_choices(article, quotations, people=None):
    return looked(
        article,
        quotations,
        lambda _: lambda case, answer, rule: (answer, ranking.choices(case, answer, rule, people)),
        people,
    )


def names(choices):
    return [c.referent.name for c in choices]


def test_the_rule_s_answer_stands_first_with_its_rule(marked):
    for answer, choices in all_choices(*marked(TWO)):
        assert choices[0].referent.name == answer.referent.name
        assert (choices[0].rule, choices[0].sure) != ("", 0.0)
        assert not any(c.rule for c in choices[1:])


MINISTRY = (
    "<s0>Anna Moro, who speaks for the opposition,</s0> <c0>said</c0> <q0>no</q0>.\n\n"
    "<q1>It will cost 14 million</q1>, <s1>the ministry</s1> <c1>said</c1>."
)


def test_a_body_is_nobody_who_happens_to_stand_near(marked):
    (*_, (_, of_ministry)) = all_choices(*marked(MINISTRY))
    (*_, (_, of_minister)) = all_choices(*marked(MINISTRY.replace("the ministry", "the minister")))
    assert "Anna Moro" not in names(of_ministry)
    assert "Anna Moro" in names(of_minister)


def test_nobody_is_a_choice_twice(marked):
    for _, choices in all_choices(*marked(TWO)):
        assert len(set(map(str.casefold, names(choices)))) == len(choices)


def test_the_names_and_the_words_of_the_source_are_choices(marked):
    _, choices = all_choices(*marked(TWO))[1]
    assert {"Peter Dahl", "Bo Lind"} <= {c.referent.name for c in choices if c.inside}
    assert any(c.literal for c in choices)


def test_the_names_around_and_the_speakers_before_are_choices(marked):
    _, choices = all_choices(*marked(TWO))[2]
    assert {"Tarn Port Authority", "Anna Moro", "Bo Lind", "Peter Dahl"} <= set(names(choices))
    spoke = {c.referent.name: c.spoke for c in choices if c.spoke is not None}
    assert sorted(spoke.values()) == list(range(len(spoke)))
    assert "Anna Moro" in spoke
    assert "Tarn Port Authority" not in spoke


def test_only_without_a_source_nobody_is_a_choice(marked):
    found = all_choices(*marked("<s0>Moro</s0> <c0>said</c0> <q0>no</q0>. It <c1>is expected</c1> <q1>to rain</q1>."))
    assert ["" in names(choices) for _, choices in found] == [False, True]


def test_who_holds_the_office_that_the_source_names_is_a_choice(marked):
    people = People.load()
    text = "<s0>The French president</s0> <c0>said</c0> <q0>no</q0>."
    for year, name in ((2016, "François Hollande"), (2025, "Emmanuel Macron")):
        _, choices = all_choices(*marked(text, published=date(year, 5, 2)), people)[0]
        assert [c.referent.name for c in choices if c.holder] == [name]


def test_first_persons_may_be_the_author(marked):
    article, quotations = marked("<s0>I</s0> <c0>think</c0> <q0>it is shut</q0>.", authors=("Ida Berg",))
    _, choices = all_choices(article, quotations)[0]
    assert ("Ida Berg", "author") in [(c.referent.name, c.referent.type) for c in choices]


def features(article, quotations, people=None):
    given = weighed(article, quotations)

    def look(scene):
        ranker = ranking.Ranker(nets(), people, given.senses, given.types, scene)

        def features_of(case, answer, rule):
            choices = ranking.choices(case, answer, rule, people)
            return ranker.features(case, choices) if choices else None

        return features_of

    return [x for x in looked(article, quotations, look, people) if x is not None]


CASES = [
    TWO,
    "<s0>She</s0> <c0>said</c0> <q0>no</q0>.",  # no names
    "It <c0>is expected</c0> <q0>to rain</q0>. Anna Moro left.",  # no source
    '<q0>"No."</q0>',  # neither
    '<s0>Anna Moro</s0> <c0>said</c0> <q0>"<s1>I</s1> <c1>think</c1> <q1>it is shut</q1>"</q0>.',  # one inside another
    "<s0>...</s0> <c0>:</c0> <q0>?!</q0>",  # no letters
]


def widths(found):
    return {x.shape[1] for x in found}


@pytest.mark.parametrize("text", CASES)
def test_features_have_one_width_whatever_there_is(text, marked):
    found = features(*marked(text))
    assert all(x.dtype == np.float32 and np.isfinite(x).all() for x in found)
    assert widths(found) == widths(features(*marked(TWO)))


@settings(max_examples=60, deadline=None)
@given(readings())
def test_features_of_any_text_are_finite_and_of_that_width(reading):
    article, quotations, _ = reading
    plain = Article("a", "a", "Moro said no.")
    (known,) = features(plain, (Quotation((Span(10, 12),), (Span(0, 4),), (Span(5, 9),), "indirect", None, 0.9),))
    found = features(article, quotations)
    assert all(np.isfinite(x).all() for x in found)
    assert widths(found) <= {known.shape[1]}


def ranked(article, quotations, **script):
    return Resolver(None, nets(**script)).resolve(article, quotations, (), weighed(article, quotations)).speakers


PRONOUN = "Anna Moro met Bo Lind in Tarn. <s0>She</s0> <c0>denied</c0> <q0>it</q0>."


def test_the_likeliest_choice_speaks_and_its_share_is_the_confidence(marked):
    article, quotations = marked(PRONOUN)
    ((_, choices),) = all_choices(article, quotations)
    assert len(choices) > 2
    for best, choice in enumerate(choices):
        (got,) = ranked(article, quotations, speaker=scores_for(best, by=np.log(3)))
        assert (got.name, got.type) == (choice.referent.name, choice.referent.type)
        assert got.confidence == round(3 / (3 + len(choices) - 1), 2)


def test_an_even_vote_leaves_the_rule_s_answer_unsure(marked):
    (ruled,) = Resolver().resolve(*marked(PRONOUN), ()).speakers
    (even,) = ranked(*marked(PRONOUN))
    assert even.name == ruled.name
    assert even.unsure
    assert not ruled.unsure


def test_a_source_that_is_nothing_but_a_name_that_nobody_shares_is_not_put_to_the_vote(marked):
    text = "{} came. <s0>Moro</s0> <c0>said</c0> <q0>no</q0>."
    for network in (scores_for(0), scores_for(-1)):
        (got,) = ranked(*marked(text.format("Anna Moro")), speaker=network)
        assert (got.name, got.confidence) == ("Anna Moro", round(ranking.PLAIN, 2))
    asked = ranked(*marked(text.format("Anna Moro and Peter Moro")))
    assert asked[0].unsure


def test_where_nobody_is_likeliest_there_is_no_speaker(marked):
    article, quotations = marked("Anna Moro left.\n\nIt <c0>is expected</c0> <q0>to rain</q0>.")
    ((_, choices),) = all_choices(article, quotations)
    assert ranked(article, quotations, speaker=scores_for(names(choices).index(""))) == (None,)
    (somebody,) = ranked(article, quotations, speaker=scores_for(names(choices).index("Anna Moro")))
    assert somebody.name == "Anna Moro"


def test_the_ties_that_the_encoder_sees_reach_the_network(marked):
    seen = []

    def speaker(features):
        seen.append(features)
        return [np.zeros(len(features), dtype=np.float32)]

    ranked(*marked(TWO), speaker=speaker)
    without, seen[:] = list(seen), []
    ranked(*marked(TWO), speaker=speaker, link=lambda query, candidate, distance: [np.arange(len(distance)) * 1.0])  # noqa: ARG005
    assert [x.shape for x in seen] == [x.shape for x in without]
    assert any((a != b).any() for a, b in zip(seen, without, strict=True))
