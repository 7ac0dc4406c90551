"""Train what resolves: `python -m training.resolver src/onrecord/models/reader` (see training/README.md).

Small networks, all on the vectors that the reader of that folder gives to words, which stays as it is: `names` and
`links` (which words are whose names, whom words that speak point at; from our annotation, GAP, GUM and NER sets),
`words` (act, mode and sort of speaker), `speakers`, `days` and `days-again` (from our annotation of PolNeAR train).
Each candidate of a source (and each date of a quotation) is a row of features, right where the annotation says so; the
loss is the softmax over a source's candidates, all right ones together. The 56 articles set aside are used for the
confidence alone: a temperature for `speakers`, the least share for `days`.
"""

import argparse
import json
import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord import acts, normalize
from onrecord.acts.judge import ACTS, MODES, TYPES, seen, told
from onrecord.extract import Extractor
from onrecord.inference import load
from onrecord.people import People
from onrecord.resolve import dating, occasions, ranking, sources
from onrecord.resolve.case import Answer, Case
from onrecord.resolve.coreference import Scene
from onrecord.senses import FAR, Senses, distance_bucket
from onrecord.types import Article, Quotation, Span
from training.annotations import Mark, annotations, same_name
from training.data import lines, polnear, split_tune
from training.evaluate import scorer
from training.export import Graph, gelu, save
from training.senses import NAMES, NER_FILES, Link, Name, article_links, named_texts, read_gap, read_gum

FOLLOWED = 0.7  # share of sources whose right answer the next ones see; the others see the rules'


@dataclass
class Read:
    """An annotated article as the reader sees it: its gold attributions, and those that the reader finds."""

    article: Article
    senses: Senses
    sets: list[tuple[tuple[Quotation, ...], dict[int, Mark]]]  # quotations, and the marks of some


@dataclass
class Rows:
    """One choice: a row of features for each candidate, and which are right."""

    document: str
    features: np.ndarray  # (candidates, f)
    right: np.ndarray  # (candidates,)


# --- reading ---------------------------------------------------------------------------------------------------------


def reads(shared: Path, marks: dict[str, dict[int, Mark]], folder: Path) -> list[Read]:
    """Run the reader once over every annotated article."""
    score = scorer(shared)
    gold = {g["id"]: g["statements"] for g in lines(shared / "polnear" / "train.gold.jsonl")}
    extractor = Extractor(load(folder))
    found = []
    for a in lines(shared / "polnear" / "train.jsonl"):
        if a["id"] not in marks:
            continue
        published = date.fromisoformat(a["published"][:10]) if a.get("published") else None
        article = Article(a["id"], a["id"], a["text"], a.get("title"), published, a.get("publisher"))
        quotations, senses = extractor.read(article)
        own = marks[a["id"]]
        rows = gold[a["id"]]
        kept = [k for k, s in enumerate(rows) if s["content"]]
        golden = tuple(_quotation(article.text, rows[k], score.kind) for k in kept)
        words = score.words(article.text)
        p = [score.cover(words, [(s.start, s.end) for s in q.content]) for q in quotations]
        g = [score.cover(words, s["content"]) for s in rows]
        met = {i: own[j] for i, j in score.best_match(p, g, 0.5) if j in own}
        sets = [(golden, {n: own[k] for n, k in enumerate(kept) if k in own}), (quotations, met)]
        found.append(Read(article, senses, sets))
    return found


def _quotation(text: str, row: dict[str, list[list[int]]], kind: Callable[[str, Any], Any]) -> Quotation:
    content, source, cue = (tuple(Span(a, b) for a, b in row.get(r, [])) for r in ("content", "source", "cue"))
    return Quotation(content, source, cue, kind(text, row["content"]), None, 0.9)


# --- names and links -------------------------------------------------------------------------------------------------


class Words:
    """Gives the vectors of a text's words."""

    def __init__(self, folder: Path) -> None:
        self.extractor = Extractor(load(folder))

    def __call__(self, text: str) -> Senses:
        return self.extractor.read(Article("", "", text))[1]


class NamesNet(nn.Module):
    """vectors (n, v) -> logits (n, NAMES)."""

    def __init__(self, vectors: int, hidden: int = 64) -> None:
        super().__init__()
        self.mean, self.spread = nn.Parameter(torch.zeros(vectors), False), nn.Parameter(torch.ones(vectors), False)
        self.up, self.drop, self.out = nn.Linear(vectors, hidden), nn.Dropout(0.1), nn.Linear(hidden, len(NAMES))

    def forward(self, x: Tensor) -> Tensor:
        return self.out(self.drop(F.gelu(self.up((x - self.mean) / self.spread))))


def fit_names(read: Words, texts: list[tuple[str, list[Name]]], epochs: int = 5) -> NamesNet:
    torch.manual_seed(0)
    vectors, tags = [], []
    for text, names in texts:
        s = read(text)
        mine = np.zeros(len(s.starts), dtype=np.int64)
        for a, b, kind in names:
            mine[np.searchsorted(s.starts, a) : np.searchsorted(s.starts, b)] = kind
        vectors.append(s.vectors)
        tags.append(mine)
    x, y = torch.from_numpy(np.concatenate(vectors)), torch.from_numpy(np.concatenate(tags))
    net = NamesNet(x.shape[1])
    net.mean.data, net.spread.data = x.float().mean(0), x.float().std(0) + 1e-3
    train(net, len(x), lambda i: F.cross_entropy(net(x[i].float()), y[i]), epochs, 1024, 2e-3, 0)
    with torch.no_grad():
        found = net(x[::10].float()).argmax(1)
    right = float((found == y[::10])[y[::10] > 0].float().mean())
    print(f"names: {len(x)} words, of the words of names {right:.3f} right (in sample)", flush=True)
    return net


class LinksNet(nn.Module):
    """query, candidate (n, v), distance (n,) -> scores (n,)."""

    def __init__(self, vectors: int, size: int = 96, dropout: float = 0.2) -> None:
        super().__init__()
        self.mean, self.spread = nn.Parameter(torch.zeros(vectors), False), nn.Parameter(torch.ones(vectors), False)
        self.small, self.drop = nn.Linear(vectors, size), nn.Dropout(dropout)
        self.query, self.candidate, self.both = (nn.Linear(size, size) for _ in "qcb")
        self.away, self.out = nn.Embedding(2 * FAR + 1, size), nn.Linear(size, 1)

    def forward(self, query: Tensor, candidate: Tensor, distance: Tensor) -> Tensor:
        q, c = (self.drop(self.small((x - self.mean) / self.spread)) for x in (query, candidate))
        h = self.query(q) + self.candidate(c) + self.both(q * c) + self.away(distance)
        return self.out(self.drop(F.gelu(h))).squeeze(-1)


Linked = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]  # query, candidates, distances, right


def linked(senses: Senses, links: Iterable[Link]) -> Iterator[Linked]:
    for x in links:
        query = senses.mean([Span(*x.query)])
        spans = [[Span(*c)] for c in x.candidates]
        here = int(np.searchsorted(senses.starts, x.query[0]))
        away = np.searchsorted(senses.starts, [c[0] for c in x.candidates]) - here
        if any(x.right) and not all(x.right):
            yield query, np.stack([senses.mean(s) for s in spans]), distance_bucket(away), np.array(x.right)


def fit_links(rows: list[Linked], held: list[Linked], epochs: int = 6) -> LinksNet:
    torch.manual_seed(0)
    net = LinksNet(len(rows[0][0]))
    every = torch.from_numpy(np.concatenate([r[1] for r in rows[::5]]))
    net.mean.data, net.spread.data = every.mean(0), every.std(0) + 1e-3

    def scores(r: Linked) -> Tensor:
        c = torch.from_numpy(r[1])
        return net(torch.from_numpy(r[0]).expand(len(c), -1), c, torch.from_numpy(r[2]))

    def loss(batch: Tensor) -> Tensor:
        some = [rows[int(i)] for i in batch]
        sizes = [len(r[3]) for r in some]
        candidates = torch.from_numpy(np.concatenate([r[1] for r in some]))
        queries = torch.from_numpy(np.repeat(np.stack([r[0] for r in some]), sizes, axis=0))
        out = net(queries, candidates, torch.from_numpy(np.concatenate([r[2] for r in some]))).split(sizes)
        right = [torch.from_numpy(r[3]) for r in some]
        return torch.stack([s.logsumexp(0) - s[y].logsumexp(0) for s, y in zip(out, right, strict=True)]).mean()

    train(net, len(rows), loss, epochs, 32, 2e-3, 0)
    with torch.no_grad():
        right = np.mean([r[3][int(scores(r).argmax())] for r in held])
    print(f"links: {len(rows)} sources; set aside ({len(held)}): {right:.3f} right", flush=True)
    return net


def fit_and_export_names_and_links(
    o: argparse.Namespace, articles: list[Read], marks: dict[str, dict[int, Mark]], aside: set[str]
) -> None:
    read, data = Words(o.model), o.shared / "data"
    gum = [read_gum(p) for p in sorted((data / "coref" / "gum").glob("*.conllu"))]
    named = [t for name in NER_FILES for t in named_texts(data / "ner" / name)]
    texts = random.Random(0).sample(named, len(named) // 2) + [(text, names) for text, names, _ in gum]
    names_graph(fit_names(read, texts), o.model / "names.onnx")
    gold = {g["id"]: g["statements"] for g in lines(o.shared / "polnear" / "train.gold.jsonl")}
    rows, held = [], []
    for x in articles:
        id = x.article.id
        (held if id in aside else rows).extend(linked(x.senses, article_links(x.article.text, gold[id], marks[id])))
    for text, _, links in gum:
        rows.extend(linked(read(text), links))
    for text, link in read_gap(data / "coref"):
        rows.extend(linked(read(text), [link]))
    links_graphs(fit_links(rows, held), o.model)


# --- what kind of word -----------------------------------------------------------------------------------------------


class WordsNet(nn.Module):
    """rules (n, r), vectors (n, v) -> logits of act, mode and sort of speaker."""

    def __init__(self, rules: int, vectors: int, hidden: int = 64, dropout: float = 0.3) -> None:
        super().__init__()
        self.mean, self.spread = nn.Parameter(torch.zeros(vectors), False), nn.Parameter(torch.ones(vectors), False)
        self.before, self.up, self.after = nn.Dropout(dropout), nn.Linear(vectors, hidden), nn.Dropout(dropout)
        self.out = nn.Linear(hidden + rules, len(ACTS) + len(MODES) + len(TYPES))

    def forward(self, rules: Tensor, vectors: Tensor) -> Tensor:
        h = self.after(F.gelu(self.up(self.before((vectors - self.mean) / self.spread))))
        return self.out(torch.cat([h, rules], dim=1))


@dataclass
class WordRows:
    document: str
    rules: np.ndarray
    vectors: np.ndarray
    answers: tuple[int, int, int]


def word_rows(read: Read) -> Iterator[tuple[WordRows, int, int]]:
    """Give the rows of an article's quotations, with the index of the set and of the quotation."""
    for k, (quotations, marks) in enumerate(read.sets):
        for i, m in marks.items():
            q = quotations[i]
            rules = told(read.article, q, acts.word(read.article, q, ()))
            answers = ACTS.index(m.act), MODES.index(m.mode), TYPES.index(m.speaker_type)  # type: ignore[arg-type]
            yield WordRows(read.article.id, rules, seen(q, read.senses), answers), k, i


def fit_words(rows: list[WordRows], epochs: int = 15, seed: int = 0) -> WordsNet:
    torch.manual_seed(seed)
    rules, vectors = (torch.from_numpy(np.stack([getattr(r, k) for r in rows])) for k in ("rules", "vectors"))
    gold = torch.tensor([r.answers for r in rows])
    net = WordsNet(rules.shape[1], vectors.shape[1])
    net.mean.data, net.spread.data = vectors.mean(0), vectors.std(0) + 1e-3
    cuts = (0, len(ACTS), len(ACTS) + len(MODES), len(ACTS) + len(MODES) + len(TYPES))

    def loss(i: Tensor) -> Tensor:
        out = net(rules[i], vectors[i])
        return sum(F.cross_entropy(out[:, a:b], gold[i, k]) for k, (a, b) in enumerate(pairwise(cuts)))  # type: ignore[return-value]

    train(net, len(rows), loss, epochs, 128, 2e-3, seed)
    return net


def train(
    net: nn.Module, n: int, loss: Callable[[Tensor], Tensor], epochs: int, size: int, rate: float, seed: int
) -> None:
    """Run AdamW with one cycle of the learning rate over batches of indices."""
    optimizer = torch.optim.AdamW([p for p in net.parameters() if p.requires_grad], rate, weight_decay=0.05)
    cycle = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=epochs * -(-n // size))
    order = torch.Generator().manual_seed(seed)
    for _ in range(epochs):
        net.train()
        for batch in torch.randperm(n, generator=order).split(size):
            optimizer.zero_grad()
            loss(batch).backward()
            optimizer.step()
            cycle.step()
    net.eval()


# --- choosing --------------------------------------------------------------------------------------------------------


class ChoiceNet(nn.Module):
    """features (n, f) -> scores (n,)."""

    def __init__(self, features: int, hidden: int = 32, inner: int = 16, dropout: float = 0.3) -> None:
        super().__init__()
        self.mean, self.spread = nn.Parameter(torch.zeros(features), False), nn.Parameter(torch.ones(features), False)
        self.hide = nn.Dropout(dropout / 3)
        self.up, self.drop, self.mix = nn.Linear(features, hidden), nn.Dropout(dropout), nn.Linear(hidden, inner)
        self.out = nn.Linear(inner, 1)

    def forward(self, x: Tensor) -> Tensor:
        x = self.drop(F.gelu(self.up(self.hide((x - self.mean) / self.spread))))
        return self.out(F.gelu(self.mix(x))).squeeze(-1)


class Council(nn.Module):
    """The mean score of several networks that differ in their seeds."""

    def __init__(self, members: list[ChoiceNet]) -> None:
        super().__init__()
        self.members, self.sharpness = nn.ModuleList(members), nn.Parameter(torch.ones(()), False)

    def forward(self, x: Tensor) -> Tensor:
        return torch.stack([m(x) for m in self.members]).mean(0) * self.sharpness


def council(rows: list[Rows], epochs: int, size: int = 3) -> Council:
    return Council([fit_choice(rows, epochs, seed) for seed in range(size)])


def fit_choice(rows: list[Rows], epochs: int, seed: int = 0) -> ChoiceNet:
    torch.manual_seed(seed)
    rows = [r for r in rows if r.right.any() and not r.right.all()]
    every = torch.from_numpy(np.concatenate([r.features for r in rows]))
    net = ChoiceNet(every.shape[1])
    net.mean.data, net.spread.data = every.mean(0), every.std(0) + 1e-3

    def loss(batch: Tensor) -> Tensor:
        some = [rows[int(i)] for i in batch]
        width = max(len(r.right) for r in some)
        x, y, there = (
            torch.zeros(len(some), width, every.shape[1]),
            *(torch.zeros(len(some), width, dtype=torch.bool) for _ in "ab"),
        )
        for k, r in enumerate(some):
            x[k, : len(r.right)], y[k, : len(r.right)] = torch.from_numpy(r.features), torch.from_numpy(r.right)
            there[k, : len(r.right)] = True
        s = net(x).masked_fill(~there, -1e9)
        return (s.logsumexp(1) - s.masked_fill(~y, -1e9).logsumexp(1)).mean()

    train(net, len(rows), loss, epochs, 64, 3e-3, seed)
    return net


def sharpen(net: Council, rows: list[Rows]) -> None:
    """Set the temperature at which the shares say most truly how often the first choice is right."""
    with torch.no_grad():
        scored = [(net(torch.from_numpy(r.features)), r.right) for r in rows]

    def miss(t: float) -> float:
        out = 0.0
        for s, right in scored:
            share = torch.softmax(s * t, 0)
            best = int(share.argmax())
            p = min(max(float(share[best]), 1e-4), 1 - 1e-4)
            out -= np.log(p if right[best] else 1 - p)
        return out

    net.sharpness.data = torch.tensor(float(min(np.arange(0.3, 1.5, 0.02), key=miss)))


class Learner(ranking.Ranker):
    """Describes the candidates of each source, and goes on from the right one as often as `FOLLOWED` says."""

    def __init__(
        self, nets: ranking.Nets, people: People, read: Read, marks: dict[int, Mark], types: np.ndarray, scene: Scene
    ) -> None:
        super().__init__(nets, people, read.senses, types, scene)
        self.marks, self.read, self.rows = marks, read, []
        self.rng = random.Random(read.article.id)

    def answer(self, case: Case, answer: Answer | None, rule: str) -> Answer | None:
        found = ranking.choices(case, answer, rule, self._people)
        mark = self.marks.get(case.i)
        if not found or mark is None or not mark.sure:
            return answer
        right = np.array([_meant(c.referent.name, c.referent.type, mark) for c in found])
        self.rows.append(Rows(self.read.article.id, self.features(case, found), right))
        best = next((c for c, ok in zip(found, right, strict=True) if ok and c.referent.name), None)
        return Answer(best.referent, 0.9, best.role) if best and self.rng.random() < FOLLOWED else answer


def _meant(name: str, kind: str, mark: Mark) -> bool:
    """Tell whether a candidate is whom the annotation names, as the shared scorer compares names."""
    if mark.speaker_type == "author" and kind == "author":
        return True
    return any(same_name(a, b) for a in name.split(";") for b in mark.speaker.split(";")) if mark.speaker else not name


def speaker_rows(read: Read, nets: ranking.Nets, people: People, types: list[np.ndarray]) -> Iterator[Rows]:
    for (quotations, marks), likely in zip(read.sets, types, strict=True):
        made: list[Learner] = []

        def weigh(
            scene: Scene, marks: dict[int, Mark] = marks, likely: np.ndarray = likely, made: list[Learner] = made
        ) -> Learner:
            made.append(Learner(nets, people, read, marks, likely, scene))
            return made[-1]

        sources.resolve(read.article, quotations, people, weigh)
        yield from made[0].rows


@dataclass
class Dated:
    """The dates of one set of an article's quotations, with the right one of those that are marked."""

    document: str
    dater: occasions.Dater
    features: list[np.ndarray]
    gold: dict[int, str | None]  # quotation -> the day that the annotation gives

    def rows(self, more: list[np.ndarray] | None = None) -> Iterator[tuple[Rows, list[str], str | None]]:
        """Give a row for each marked quotation, with its days' values and the gold one."""
        for i, gold in self.gold.items():
            values = [self.dater.days[k].value for k in self.dater.near[i]]
            right = np.array([fits(v, gold) for v in values] + [False])
            right[-1] = not right.any()
            x = self.features[i] if more is None else np.concatenate([self.features[i], more[i]], axis=1)
            yield Rows(self.document, x, right), values, gold

    def again(self, net: nn.Module) -> list[np.ndarray]:
        """Give what the second look sees of the first."""
        with torch.no_grad():
            return self.dater.again([torch.softmax(net(torch.from_numpy(x)), 0).numpy() for x in self.features])


def dated(read: Read, people: People) -> Iterator[Dated]:
    article = read.article
    timexes = normalize.timexes(article.text, article.published)
    for quotations, marks in read.sets:
        names = [s.name if s else None for s in sources.resolve(article, quotations, people)]
        ruled = dating.resolve(article, quotations, timexes, names)
        dater = occasions.Dater(article, quotations, timexes, names, ruled)
        features = [dater.features(i) for i in range(len(quotations))]
        yield Dated(article.id, dater, features, {i: m.said_on for i, m in marks.items()})


def fit_days(sets: list[Dated], aside: set[str], folder: Path) -> float:
    """Train both looks at dates, the second on what networks not trained on the article made of the first."""
    ids = sorted({d.document for d in sets} - aside)
    folds = [set(ids[k::3]) for k in range(3)]

    def fit(without: set[str], more: dict[int, list[np.ndarray]] | None = None) -> Council:
        some = [d for d in sets if d.document not in without]
        return council([r for d in some for r, _, _ in d.rows(more and more[id(d)])], epochs=10)

    first = fit(aside)
    more = {id(d): d.again(first) for d in sets if d.document in aside}
    for fold in folds:
        net = fit(aside | fold)
        more |= {id(d): d.again(net) for d in sets if d.document in fold}
    second = fit(aside, more)
    for net, name, given in ((first, "days", None), (second, "days-again", more)):
        choice_graph(net, folder / f"{name}.onnx")
        print(name)
        share = least_share(net, [x for d in sets if d.document in aside for x in d.rows(given and given[id(d)])])
    return share


def fits(value: str, gold: str | None) -> bool:
    """Tell whether a day, a week or a month is the gold one; a week is right for the month that holds its Thursday."""
    m = re.match(r"(\d{4})-W(\d\d)", value)
    if m is None or gold is None or len(gold) != 7:
        return value == gold
    return date.fromisocalendar(int(m[1]), min(int(m[2]), 52), 4).isoformat()[:7] == gold


# --- export ----------------------------------------------------------------------------------------------------------


def scaled(g: Graph, x: str, net: Any) -> str:
    return g.op("Mul", g.op("Sub", x, g.vector(net.mean)), g.vector(1 / net.spread))


def names_graph(net: NamesNet, path: Path) -> None:
    g = Graph()
    save(
        g,
        path,
        {"vectors": ("n", net.up.in_features)},
        g.linear(gelu(g, g.linear(scaled(g, "vectors", net), net.up)), net.out),
        len(NAMES),
    )


def links_graphs(net: LinksNet, folder: Path) -> None:
    """Two graphs: words -> pointers, once for each name of an article; pointers -> scores, once for each source."""
    g, size = Graph(), net.small.out_features
    small = g.linear(scaled(g, "vectors", net), net.small)
    save(g, folder / "pointers.onnx", {"vectors": ("n", net.small.in_features)}, small, size)
    g = Graph()
    apart = g.op("Add", g.linear("query", net.query), g.linear("candidate", net.candidate))
    h = g.op("Add", apart, g.linear(g.op("Mul", "query", "candidate"), net.both))
    h = gelu(g, g.op("Add", h, g.op("Gather", g.vector(net.away.weight), "distance")))
    inputs: dict[str, tuple[str | int, int]] = {"query": (1, size), "candidate": ("n", size)}
    score = g.op("Squeeze", g.linear(h, net.out), g.const(np.array([1])))
    save(g, folder / "links.onnx", inputs, score, None, ints=("distance",))


def words_graph(net: WordsNet, path: Path) -> None:
    g = Graph()
    h = gelu(g, g.linear(scaled(g, "vectors", net), net.up))
    save(g, path, {"rules": ("n", net.out.in_features - net.up.out_features), "vectors": ("n", net.up.in_features)},
         g.linear(g.op("Concat", h, "rules", axis=1), net.out), net.out.out_features)  # fmt: skip


def choice_graph(net: Council, path: Path) -> None:
    g = Graph()
    of_each = [
        g.linear(gelu(g, g.linear(gelu(g, g.linear(scaled(g, "features", m), m.up)), m.mix)), m.out)
        for m in net.members
    ]
    mean = g.op("Mul", g.op("Sum", *of_each), g.vector(net.sharpness / len(of_each)))
    save(
        g, path, {"features": ("n", net.members[0].up.in_features)}, g.op("Squeeze", mean, g.const(np.array([1]))), None
    )


# --- the whole way ---------------------------------------------------------------------------------------------------


def main() -> None:
    arg = argparse.ArgumentParser(description=__doc__)
    arg.add_argument("model", type=Path, help="folder of the exported reader; the networks are written into it")
    arg.add_argument("--shared", type=Path, default=Path("../shared"))
    arg.add_argument("--annotations", type=Path, default=Path("training/data/annotations.tsv"))
    arg.add_argument("--keep", action="store_true", help="keep the names and links that are there")
    o = arg.parse_args()
    torch.set_num_threads(1)
    marks = annotations(o.annotations)
    aside = {d.id for d in split_tune(polnear(o.shared / "polnear", "train"))[1]}
    articles = reads(o.shared, marks, o.model)
    print(f"{len(articles)} articles read", flush=True)
    if not o.keep:
        fit_and_export_names_and_links(o, articles, marks, aside)
    model, people = load(o.model), People.load()
    types = fit_and_export_words(articles, aside, o.model)
    nets = ranking.Nets(*(model.network(x) for x in ("names", "pointers", "links")), *(None, None, None))  # type: ignore[arg-type]
    rows = [r for read in articles for r in speaker_rows(read, nets, people, types[read.article.id])]
    train_rows, tune_rows = ([r for r in rows if (r.document in aside) == out] for out in (False, True))
    net = council(train_rows, epochs=10)
    sharpen(net, tune_rows)
    report("speakers", net, tune_rows)
    choice_graph(net, o.model / "speakers.onnx")
    sure = fit_days([d for read in articles for d in dated(read, people)], aside, o.model)
    path = o.model / "model.json"
    settings = json.loads(path.read_text())
    path.write_text(json.dumps({**settings, "day share": sure}, indent=1) + "\n")


def fit_and_export_words(articles: list[Read], aside: set[str], folder: Path) -> dict[str, list[np.ndarray]]:
    """Train `words`, and give for each article's sets the sorts of speaker that a network not trained on it gives."""
    rows = [(r, k, i) for read in articles for r, k, i in word_rows(read)]
    train_rows = [r for r, _, _ in rows if r.document not in aside]
    net = fit_words(train_rows)
    words_graph(net, folder / "words.onnx")
    held = [r for r, k, _ in rows if r.document in aside and k == 1]
    logits = _logits(net, held)
    right = [float((logits[:, a:b].argmax(1) == torch.tensor([r.answers[k] for r in held])).float().mean())
             for k, (a, b) in enumerate(((0, 9), (9, 14), (14, 20)))]  # fmt: skip
    print(f"words, set aside ({len(held)}): act {right[0]:.3f} mode {right[1]:.3f} type {right[2]:.3f}", flush=True)
    types = {
        x.article.id: [np.full((len(q), len(TYPES)), 1 / len(TYPES), np.float32) for q, _ in x.sets] for x in articles
    }
    ids = sorted({r.document for r in train_rows})
    folds = [set(ids[k::3]) for k in range(3)]
    for fold in [*folds, aside]:
        other = net if fold is aside else fit_words([r for r in train_rows if r.document not in fold])
        mine = [(r, k, i) for r, k, i in rows if r.document in fold]
        for (r, k, i), row in zip(mine, torch.softmax(_logits(other, [r for r, _, _ in mine])[:, 14:], 1), strict=True):
            types[r.document][k][i] = row.numpy()
    return types


def _logits(net: WordsNet, rows: list[WordRows]) -> Tensor:
    with torch.no_grad():
        return net(*(torch.from_numpy(np.stack([getattr(r, k) for r in rows])) for k in ("rules", "vectors")))


def report(name: str, net: Council, rows: list[Rows]) -> None:
    with torch.no_grad():
        shares = [torch.softmax(net(torch.from_numpy(r.features)), 0) for r in rows]
    right = np.array([r.right[int(s.argmax())] for r, s in zip(rows, shares, strict=True)])
    sure = np.array([float(s.max()) for s in shares])
    bins = np.minimum(9, (sure * 10).astype(int))
    error = sum(abs((sure - right)[bins == b].sum()) for b in range(10)) / len(rows)
    print(f"{name}, set aside ({len(rows)}): right {right.mean():.3f}, calibration error {error:.3f}, "
          f"sharpness {float(net.sharpness):.2f}", flush=True)  # fmt: skip


PRECISION = 0.88  # what a given day must reach on the articles set aside


def least_share(net: Council, dated: list[tuple[Rows, list[str], str | None]]) -> float:
    """Give the least share from which on the days given are right often enough, and print the way there."""
    given = []
    for r, values, gold in dated:
        with torch.no_grad():
            share = torch.softmax(net(torch.from_numpy(r.features)), 0)[:-1]
        if len(share):
            best = int(share.argmax())
            given.append((float(share[best]), values[best] == gold))
    asked = sum(gold is not None for _, _, gold in dated)
    for least in np.arange(0.3, 0.96, 0.01):
        ok = [right for share, right in given if share >= least]
        if round(100 * least) % 5 == 0 or np.mean(ok) >= PRECISION:
            print(f"from a share of {least:.2f}: precision {np.mean(ok):.3f}, recall {sum(ok) / asked:.3f} of {asked}")
        if np.mean(ok) >= PRECISION:
            break
    return round(float(least), 2)


if __name__ == "__main__":
    main()
