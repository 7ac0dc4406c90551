"""Paragraphs of a page that are no part of its article, though they stand in its body: pointers, pleas, notices.

Each is known by its own words; only a list of other articles at the end is known by its heading.
"""

import re

# What is left out, as a pattern of the whole paragraph, beside paragraphs and whether they are left out by it. Words
# that somebody may have said are not left out: pleas hold no quotation marks, and speak to the reader ("your", "our").
PATTERNS: tuple[tuple[str, tuple[tuple[str, bool], ...]], ...] = (
    (  # pointers to other articles
        r"(?:also read|read (?:more|next|also)(?: \w+){0,3}|see also|related(?: \w+)?|in pictures)\s*[:|].{0,250}",
        (
            ("READ MORE: Toll doubles in a year", True),
            ("Also read: Three ports agree.", True),
            ("Related to the toll is the tax.", False),
        ),
    ),
    (
        r"(?:more|watch|listen|recommended)\s*:.{0,200}[^.!?”\"]|for more \w+ like this,.{0,80}",
        (("MORE : The bridge that nobody wanted", True), ("More: I never said that.", False)),
    ),
    (
        r"(?:read|see|show|find out) more(?: here)?\W*"
        r"|read (?:the )?(?:full|whole) (?:story|article|report)(?: here)?\W*",
        (
            ("Read more", True),
            ("Read the full report here.", True),
            ("Read more about it, she said, in the report.", False),
        ),
    ),
    (  # notices of the page itself
        r"(?:advertise?ment|article|story).{0,40} continues below|advertise?ment|article content|what['’]s this\?",
        (
            ("Advertisement", True),
            ("Advertisement 2Story continues below", True),
            ("Advertisement is a trade, he said.", False),
        ),
    ),
    (
        r"recommended (?:videos?|stories|reading)|most (?:read|popular).{0,30}|(?:copy|share) (?:link|this article)"
        r"|share|comments?|trending|popular|sign in|log ?in|loading\W*|play video",
        (
            ("Most read in Harbours", True),
            ("Comments", True),
            ("Comments like that hurt, she said.", False),
        ),
    ),
    (  # pleas to subscribe, to follow, to write in
        r"(?:sign up|subscribe)\b[^“\"]{0,160}|[^“\"]*\byour inbox\b[^“\"]{0,160}",
        (
            ("Sign up for our emails", True),
            ("Get the latest news from the harbour in your inbox.", True),
            ("“You should look into your inbox,” the minister said.", False),
            ("Those who sign up pay less, she said.", False),
        ),
    ),
    (
        r"[^“\"]*\b(?:sign(?:ing)? up|subscrib(?:e|ing)) (?:to|for) (?:our|my)\b[^“\"]{0,100}",
        (
            ("Check out more of our stories by signing up to our free weekly newsletter", True),
            ("She wants all ports to sign up to the treaty.", False),
        ),
    ),
    (
        r"(?:please )?follow (?:us|along|\w+(?: \w+){0,5})"
        r" on (?:twitter|facebook|instagram|x|google|tiktok|whatsapp)\b.{0,160}",
        (
            ("Follow Harbour Post on Twitter and Facebook for the latest news updates.", True),
            ("The ports will follow Northmoor on tolls.", False),
        ),
    ),
    (
        r"[^“\"]{0,60}\bget in touch (?:with (?:us|our)\b|(?:at|by) .{0,40}\S@)[^“\"]{0,120}"
        r"|do you have a (?:story|tip)\b.{0,160}|we want to hear from you:.{0,200}",
        (
            ("Got a story? Get in touch with our news team by emailing us at desk@harbour.example.", True),
            ("Do you have a story to tell? Email: desk@harbour.example", True),
            ("The office will get in touch by Friday.", False),
        ),
    ),
    (
        r"[^“\"]{0,40}\bclick here (?:to|for)\b[^“\"]{0,120}",
        (("CLICK HERE TO GET THE HARBOUR APP", True), ("“Click here to pay,” it said.", False)),
    ),
    (  # comments, accounts, shops, standards
        r"[^“\"]{0,200}\b(?:read our (?:comment|privacy) policy"
        r"|(?:please|you must) .{0,80}\bbefore commenting)\b.{0,60}",
        (
            ("Please read our Comment Policy before commenting.", True),
            ("The ministry will look at the privacy policy before commenting on it.", False),
        ),
    ),
    (
        r"would you like to comment on this article\?|join our commenting forum"
        r"|join thought-provoking conversations\b.{0,120}"
        r"|(?:please )?log ?out and then log ?in again\b.{0,120}|.{0,60}\blog in or create an account\b.{0,60}",
        (
            ("Would you like to comment on this article?", True),
            ("Enjoying our content? Log in or create an account to continue", True),
        ),
    ),
    (
        r"[^“\"]{0,250}\bmay earn (?:us )?(?:an? )?(?:affiliate )?commission\b[^“\"]{0,160}"
        r"|our standards: the .{1,60} principles\W*",
        (
            ("We choose alone. Buying through us may earn us a commission, which supports our work.", True),
            ("Our Standards: The Harbour Wire Trust Principles.", True),
            ("The commission earned trust, she said.", False),
        ),
    ),
    (
        r"(?:thank you for visiting \w+\.\w+|you are using a browser\b|please enable javascript\b).{0,600}",
        (
            ("Thank you for visiting harbour.example. You are using a browser of old.", True),
            ("Thank you for visiting our harbour, he said.", False),
        ),
    ),
    (  # who took the picture
        r"(?:images?|photos?|pictures?|photograph)(?: credit| by)?\s*:.{1,90}[^.!?”\"]|©.{1,80}",
        (
            ("Image: Vera Lund / Harbour Post", True),
            ("Photo: “That is not me,” he said.", False),
        ),
    ),
    (r"[\W_]*", (("___", True), ("* * *", True), ("“1”", False))),  # lines
)
_LEFT_OUT = re.compile("|".join(f"(?:{pattern})" for pattern, _ in PATTERNS), re.IGNORECASE | re.DOTALL)

# Heading of a list of other articles, where one ends a page.
TAILS: tuple[tuple[str, bool], ...] = (
    ("More from Harbour Post", True),
    ("Related articles", True),
    ("You may also like", True),
    ("Recommended for you", True),
    ("More from the minister: a list", False),
    ("Related to the toll", False),
)
_TAIL = re.compile(
    r"(?:more (?:from|on|in) [^.:!?]{1,40}|related (?:articles?|stories|content|topics|news|coverage|posts?)"
    r"|you (?:may|might) also (?:like|enjoy)|recommended for you|most (?:popular|read)|latest (?:news|stories))\W*",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")


def without_leftovers(paragraphs: list[str], titles: set[str]) -> list[str]:
    """Give the paragraphs of the article alone; `titles` are those of the page, in plain words."""
    kept = [p for p in _without_tail(_without_title(paragraphs, titles)) if not is_leftover(p)]
    return kept or paragraphs


def is_leftover(paragraph: str) -> bool:
    """Tell whether a paragraph is no part of an article by its own words."""
    return _LEFT_OUT.fullmatch(paragraph) is not None


def plain_words(words: str) -> str:
    """Give the words alone, in lower case: to compare headlines."""
    return " ".join(re.findall(r"\w+", words.lower()))


_BEFORE_TITLE = 8  # paragraphs: the way to the page ("World", "Europe", ...)


def _without_title(paragraphs: list[str], titles: set[str]) -> list[str]:
    """Leave out the headline where the text begins with it, and what stands before it where that is no prose."""
    for number, paragraph in enumerate(paragraphs[:_BEFORE_TITLE]):
        if plain_words(paragraph) in titles:
            return paragraphs[number + 1 :]
        if _SENTENCE.search(paragraph):
            break
    return paragraphs


def _without_tail(paragraphs: list[str]) -> list[str]:
    """Leave out a list of other articles in the last half: a heading, then teasers of which many are no sentences."""
    for number in range(len(paragraphs) // 2, len(paragraphs)):
        rest = paragraphs[number + 1 :]
        if _TAIL.fullmatch(paragraphs[number]) and 3 * sum(not _SENTENCE.search(p) for p in rest) >= len(rest):
            return paragraphs[:number]
    return paragraphs
