"""Names in a text: capitalised stretches, cut into role and name and told apart into people, bodies and places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from onrecord.resolve.lexicon import Gender, Lexicon, lexicon
from onrecord.types import Span

Sort = Literal["person", "organisation", "place", "group", "unknown"]

_ABBREVIATED = (
    r"(?:Mr|Mrs|Ms|Dr|Prof|Gens?|Sens?|Reps?|Govs?|Lt|Col|Sgt|Capt|Adm|Maj|Rev|Hon|St|Jr|Sr|Cmdr|Det|Supt|Pres)\."
)
_INITIALS = r"(?:[A-Z]\.){1,4}(?!\w)"
_PLAIN = r"[A-ZÀ-ÖØ-Þ]\w*(?:['’](?!(?:s|S|d|ll|re|ve|m|t)\b)\w+|-\w+)*"
_TOKEN = rf"(?:{_ABBREVIATED}|{_INITIALS}|{_PLAIN})"
_LINK = r"(?:of the|of|for the|for|de la|de|la|du|von|van der|van den|van|der|den|bin|ibn|al|el|da|di|dos|le|ben|&)"
_NAME = re.compile(
    rf"(?<![\w@#])(?<!\([RDI]-)(?!(?:[RDI]|Ind)-[A-Z]){_TOKEN}(?:[ \u00a0]{{1,2}}(?:{_LINK}[ \u00a0])?{_TOKEN})*"
)
_WORD = re.compile(r"[^\s\u00a0]+")
_LOWER = re.compile(r"(?<![\w'’])[a-z]+")
_APPOSITION = re.compile(
    r",\s+(?:(?:a(?:ge|ged)\s+)?\d{1,3},\s+)?((?:[\w'’.&/$%-]+\s+){0,16}?[\w'’.&/-]+)\s?"
    r"(?=[,;:—–()\"“”]|(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\b[A-Z])\.(?:\s|\Z)"
    r"|\s(?:who|whose|which|said|says|told|has|is|was)\b|\Z)"
)
_DETERMINERS = frozenset(("the", "a", "an", "his", "her", "its", "their", "our", "my", "one"))
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_STOPS = frozenset(("of", "for", "at", "in", "on", "with", "from", "who", "to", "and", "by", "under"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text: its whole stretch, the name in it without title words, and what the words tell of it."""

    span: Span  # title words included
    name: str
    sort: Sort
    role: str | None = None
    gender: Gender | None = None
    bare: bool = True  # no honorific, role or given name says that it is a person


def mentions(text: str) -> list[Mention]:
    """Give the names of a text in order: "French President Ann Moro" -> name "Ann Moro", role "French President"."""
    words = lexicon()
    lower = set(_LOWER.findall(text))
    found: list[Mention] = []
    for m in _NAME.finditer(text):
        for piece in _pieces(text, m, words, lower):
            mention = _mention(text, piece, words)
            if mention is not None:
                found.append(mention)
    return found


Token = tuple[int, int, str]  # start, end, lower-case word without its full stop


def _pieces(text: str, m: re.Match[str], words: Lexicon, lower: set[str]) -> Iterator[list[Token]]:
    """Cut a capitalised stretch at words that open sentences, at dates, and at "of" where no name goes on."""
    tokens = [
        (
            m.start() + w.start(),
            m.start() + w.end(),
            w.group().lower().rstrip(".") if w.end() - w.start() > 2 else w.group().lower(),
        )
        for w in _WORD.finditer(m.group())
    ]
    piece: list[Token] = []
    for i, token in enumerate(tokens):
        low = token[2]
        small = text[token[0]].islower() or low == "&"
        if small and low in ("of", "for") and not _goes_on(piece, low, words):
            yield from _kept(piece)
            piece = []
        elif small and not piece:
            continue
        elif not small and (low in words["openers"] or low in words["months"]) and not _inside_name(tokens, i, words):
            yield from _kept(piece)
            piece = []
        else:
            piece.append(token)
    if (
        len(piece) == 1
        and piece[0][2] in lower
        and _opens_sentence(text, piece[0][0])
        and piece[0][2] not in words["role"]
    ):
        return
    yield from _kept(piece)


def _kept(piece: list[Token]) -> Iterator[list[Token]]:
    while piece and piece[-1][2] in ("of", "the", "for", "&", "de", "al", "la"):
        piece = piece[:-1]
    if piece:
        yield piece


def _goes_on(piece: list[Token], link: str, words: Lexicon) -> bool:
    """Tell whether "of" or "for" belongs to the name before it ("Bank of", "Secretary of", "Voice of")."""
    if not piece:
        return False
    last = piece[-1][2]
    if last in words["organisation heads"]:
        return True
    if last in ("democrat", "republican", "independent", "democrats", "republicans"):
        return False
    return link == "of" and (
        last in words["role"] or (len(piece) == 1 and last not in words.given and not words.country(last))
    )


def _inside_name(tokens: list[Token], i: int, words: Lexicon) -> bool:
    """Tell whether an opener or month stands where a name needs it: "Will Smith", "April Ryan", "Theresa May"."""
    low = tokens[i][2]
    if i and low in (
        "may",
        "will",
        "see",
        "call",
        "day",
        "best",
        "long",
        "given",
        "little",
        "march",
        "august",
        "half",
        "good",
        "post",
        "close",
        "for",
    ):
        return tokens[i - 1][2] in words.given
    if low in ("will", "april", "june", "august", "mark", "may", "jan"):
        follows = tokens[i + 1][2] if i + 1 < len(tokens) else None
        return low in words.given and follows is not None and follows not in words["openers"] and low != "may"
    return bool(i) and i + 1 < len(tokens) and low in ("of", "the", "and")


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(" \u00a0")
    return not before or before[-1] in ".!?:;\n\"'“‘”’—–-•("


def _mention(text: str, tokens: list[Token], words: Lexicon) -> Mention | None:
    """Split role from name and say what sort of thing bears it; None where only role words are left."""
    cut = _role_end(tokens, words) or _unknown_role_end(tokens, words)
    name = tokens[cut:]
    if not name:
        return None
    if cut and name[-1][2] in words["organisation heads"] and len(name) < 3 and name[0][2] not in words.given:
        cut, name = 0, tokens  # "Republican Party"
    start, role = tokens[0][0], text[tokens[0][0] : tokens[cut - 1][1]] if cut else None
    if not cut and name[0][2] in words["organisations"]:
        return Mention(Span(start, name[-1][1]), _joined(text, name), "organisation")
    gender, honorific = _honorific(tokens[:cut], words)
    sort = "person" if cut else _sort(text, name, words)
    if sort in ("person", "unknown"):
        start, role, before = _lower_role(text, start, role, words)
        sort = "person" if before else sort
    if sort in ("person", "unknown") and role is None and (apposed := _apposition(text, name[-1][1], words)):
        role, sort = apposed, "person"
    if sort == "person":
        gender = gender or _gender(name, role, words)
    shown = None if role is None or honorific else role
    bare = not cut and name[0][2] not in words.given
    return Mention(Span(start, name[-1][1]), _joined(text, name), sort, shown, gender, bare)


def _joined(text: str, tokens: list[Token]) -> str:
    return " ".join(text[tokens[0][0] : tokens[-1][1]].split())


def _role_end(tokens: list[Token], words: Lexicon) -> int:
    """Give how many leading tokens are role words: 2 in "French President Ann Moro"."""
    last = 0
    for i, (_, _, low) in enumerate(tokens):
        if (
            low in words.given
            and i + 1 < len(tokens)
            and i >= last
            and low not in words.honorifics
            and tokens[i + 1][2] not in words["role"]
            and tokens[i + 1][2] not in words.honorifics
            and not _role_follows(tokens[i + 2 :], words)
        ):
            break
        if (
            low in words["role"]
            or low in words.honorifics
            or low.endswith(_ROLE_ENDINGS)
            or low.startswith(("co-", "ex-"))
        ):
            last = _through_of(tokens, i, words) if i + 1 < len(tokens) and tokens[i + 1][2] in ("of", "for") else i + 1
    if last == len(tokens) and last > 1 and (tokens[0][2] in words.given or tokens[-1][2] not in words["role"]):
        return 0  # "Peter King", "Stephen Bishop"
    if last < len(tokens) and tokens[last][2] in _SUFFIXES:
        return 0  # "Martin King Jr."
    return last


def _role_follows(tokens: list[Token], words: Lexicon) -> bool:
    """Tell whether a role and a given name are still to come: "Clark County Sheriff Ann Moro"."""
    lows = [low for _, _, low in tokens]
    return any(a in words.honorifics and b in words.given for a, b in pairwise(lows[:-1]))


def _unknown_role_end(tokens: list[Token], words: Lexicon) -> int:
    """Give how many words before a given name must be a role nobody listed: "Tarn County Recorder Helen Moro"."""
    lows = [low for _, _, low in tokens]
    if (
        len(lows) < 4
        or lows[0] in words.given
        or lows[-1] in words["organisation heads"]
        or lows[-1] in words["outlet words"]
    ):
        return 0
    starts = (
        i for i in (len(lows) - 2, len(lows) - 3) if i > 1 and words.given.get(lows[i]) and not words.country(lows[i])
    )
    return next(starts, 0)


_ROLE_ENDINGS = ("-winner", "-winning", "-turned", "-elect", "-based", "-born", "-backed", "-nominee", "-candidate")


def _through_of(tokens: list[Token], i: int, words: Lexicon) -> int:
    """Give where "Secretary of the Interior" or "Director of National Intelligence" ends before a given name."""
    for j in range(i + 2, len(tokens)):
        if tokens[j][2] in words.given:
            return j
    end = i + 3 if i + 2 < len(tokens) and tokens[i + 2][2] == "the" else i + 2
    return min(len(tokens), end + 1)


def _honorific(tokens: list[Token], words: Lexicon) -> tuple[Gender | None, bool]:
    """Give the gender that title words tell, and whether they are a mere form of address ("Mr.")."""
    genders = [words.honorifics[low] for _, _, low in tokens if low in words.honorifics]
    mere = len(tokens) == 1 and tokens[0][2] in ("mr", "mrs", "ms", "miss", "sir", "madam", "mme", "mister")
    return next((g for g in genders if g), None), mere


def _sort(text: str, name: list[Token], words: Lexicon) -> Sort:
    lows = [low for _, _, low in name]
    whole = " ".join(lows)
    first, last = lows[0], lows[-1]
    if words.country(whole):
        return "group" if whole not in words.countries or whole in words.adjectives else "place"
    if whole in words["places"]:
        return "place"
    if whole in words["organisations"] or whole in words["outlets"]:
        return "organisation"
    if len(lows) == 1 and (
        last in words["group nouns"] or (last.endswith(("crats", "icans", "ists")) and len(last) > 6)
    ):
        return "group"
    if first in words.given and 2 <= len(lows) <= 4 and "of" not in lows:
        return "person"
    if (
        any(low in words["organisation heads"] or low in words["outlet words"] for low in lows)
        or "&" in lows
        or "of" in lows
    ):
        return "organisation"
    word = text[name[-1][0] : name[-1][1]]
    if len(word) > 1 and word.isupper() and (len(lows) == 1 or len(word) <= 4) and last not in _SUFFIXES:
        return "organisation"
    if (len(lows) == 3 and len(lows[1].rstrip(".")) == 1) or last in _SUFFIXES:
        return "person"
    if len(lows) > 1 and (last in words["group nouns"] or last in words["documents"]):
        return "group" if last in words["group nouns"] else "unknown"
    return "person" if len(lows) == 1 and first in words.given else "unknown"


_NO_ROLE_OVER = '\n"“”„«»'  # what a quotation ends with is no part of the role that follows it


def _lower_role(text: str, start: int, role: str | None, words: Lexicon) -> tuple[int, str | None, bool]:
    """Add role words in lower case that stand before the name: "former party chairman Li Moro"."""
    floor = max(start - 70, 0, *(text.rfind(end, 0, start) + 1 for end in _NO_ROLE_OVER))
    before = [(w.start(), w.group()) for w in _WORD.finditer(text, floor, start)][-6:]
    if not before or not text[start - 1].isspace():
        return start, role, False
    if role is None and before[-1][1].lower() not in words["role"]:
        return start, role, False
    first, noun = start, False
    for at, word in reversed(before):
        low = word.lower().rstrip(".")
        nominal = low in words["role"]
        modifies = (
            low in words["role modifiers"]
            or words.country(low) is not None
            or (word[0].isupper() and noun and low not in words["months"])
        )
        if not (nominal or modifies) or (low in words["openers"] and not nominal) or word[-1] in ",;" or _ends(word):
            break
        first, noun = at, noun or nominal
    if first == start:
        return start, role, False
    return first, text[first:start].strip() if role is None else text[first : start + len(role)], noun


def _ends(word: str) -> bool:
    """Tell whether a full stop ends a sentence here ("Tarn." but not "Sen." or "U.S.")."""
    return word[-1] == "." and word.count(".") == 1 and not re.fullmatch(_ABBREVIATED, word)


def _apposition(text: str, end: int, words: Lexicon) -> str | None:
    """Give the role in "Li Moro, the mayor of Tarn," or "Li Moro, 45, a nurse"."""
    if text[end : end + 1] != ",":
        return None
    m = _APPOSITION.match(text, end)
    if m is None:
        return None
    phrase = m.group(1)
    parts = phrase.split()
    head = next((i for i, w in enumerate(parts) if w.lower() in _STOPS and i), len(parts))
    nouns = [w.lower().rstrip(".") for w in parts[:head]]
    if not nouns or nouns[-1] not in words["role"] or nouns[0] in _CLAUSES or _VERBAL.match(nouns[0]):
        return None
    return " ".join(parts[1:] if parts[0].lower() in _DETERMINERS else parts)


_CLAUSES = frozenset(("and", "but", "as", "who", "whose", "whom", "which", "where", "when"))
_VERBAL = re.compile(r"(?!managing|founding|acting|ruling|leading|ranking|rising|retired)\w+(?:ing|ed)$")


def _gender(name: list[Token], role: str | None, words: Lexicon) -> Gender | None:
    if len(name) > 1 or name[0][2] in words.given:
        given = words.given.get(name[0][2])
        if given:
            return given
    return next((g for w in (role or "").lower().split() if (g := words.nouns.get(w))), None)
