"""Words that set now against then: who says "no longer" or "I should not have" says it beside something said before."""

import re

_REVISING = re.compile(
    r"""\b(?:
    no\ longer | (?:not|\w+n['’]t)\b[^.;:!?]{0,40}\bany\ ?more
    | (?<!right\ )now(?!,) | (?<!at\ )once(?!\ again) | used\ to | previously | formerly
    | (?:has|have|had)\ since | had\ (?:previously|earlier|once)
    | chang(?:e[ds]?|ing)\ (?:my|his|her|our|their|its)\ (?:mind|position|view|stance)s?
    | reversed\ (?:him|her|it|them)sel(?:f|ves) | revers(?:e[ds]?|ing)\ course
    | should(?:\ not|n['’]t)\ have | regret(?:s|ted)? | mistaken | retract(?:s|ed)? | backtrack\w*
    | (?:walk|row|roll)(?:s|ed|ing)?\ back | back(?:s|ed|ing)\ (?:away|down|off|out)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)


def revises(text: str) -> bool:
    """Tell whether a position is given as one that is held otherwise than before."""
    return _REVISING.search(text) is not None
