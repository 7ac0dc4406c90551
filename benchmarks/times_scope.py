"""What of the examples of Recognizers-Text and duckling news does not write, and why (see times.py).

An example is left out by the first reason that one of its expressions meets. `REASONS` are patterns over an expression
in lower case. An expression for a clock time meets "clock without am or pm" where figures or number words are left in
it once its dates and its times with am or pm are taken out; a holiday is in scope where `HOLIDAYS` names it.
"""

import re
from collections.abc import Sequence
from typing import Any

Row = dict[str, Any]

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*"
_COUNT = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|few|couple|several)"

REASONS: dict[str, str] = {
    "typed shorthand": (
        r"\b(?:yr|atm|asap|b(?:om|oy)|thru|wkend|week-end|few of|last at)\b|\b(?:mon|tues?|wed|thur?s?|fri|sat"
        r"|sun)\b\.?(?! \d|,)|april 15$|january first 12$|of 87$|\d0 s$|today pm|tomorrow am|"
        r"[<>=@~]|\b(?:tmr|tmrw|tonite|eo[dmy]|the eod|otd|xmas|w/c|[cfs]y|mins?|secs?|hrs?|lst|curr|coming up|ddmm)\b"
        r"|\b[cs]y\d|\d(?:h|d|w|y|m|s|p|a|min|sec|years)\b|ish\b|ampm|[ap] \. m|\d['\"]|\d[ap]\b|\d of \d"
    ),
    "date in figures": (
        r"\b\d{1,2} \d{1,2} \d{4}|"
        r"(?<![\d:])\d{1,2} ?[-/.] ?\d{1,2}(?!\d*:|\d*[ -]?[ap]\.?m|\d* (?:years|days|months|weeks|quarters))"
        r"|\b\d{8}\b|\d{4} \d\d \d\d|\b\d{1,2}-\d{4}\b|\d{4}[-/]\d{1,2}(?![\d-])"
    ),
    "date typed in parts": (
        rf"[-/]{_MONTH}\b|\b{_MONTH}[-/]\d|\d{_MONTH}\b|\b{_MONTH}\d|\d{{4}}-?(?:q|h)\d|\b[qh]\d-\d|\d{{4}} [qh]\d"
        rf"|\b\d+ [qh]\d|qtr"
    ),
    "time zone": (
        r"\b(?:time ?zone|[aecmp][sd]?t|gmt|utc|sgt|acdt|aest|cest|pacific|eastern|central|mountain|montreal|singapore"
        r"|beijing)\b|daylight time"
    ),
    "alternatives for a meeting": r"\bor (?:\d|mon|tue|wed|thu|fri|sat|sun|next|this|10|later)|maybe|preferably"
    r"|how about",
    "meals and working hours": (
        r"breakfast|lunch|dinner|brunch|work ?week|working week|business days?|working days?|after school|day ?time"
        r"|night-time"
        r"|close of|weekday|after ?work|tonight after"
    ),
    "clock arithmetic": r"\b(?:seconds?|minutes?|hours?|hr)\b(?!$)|\b(?:seconds?|minutes?|hours?)\b.*\b(?:ago|from"
    r"|later|hence|after|before)\b"
    r"|^(?:in|last|past|next|within|after|upcoming|coming|this|current|previous)\b.*\b(?:seconds?|minutes?|hours?"
    r"|minute|hour)$",
    "day of the month alone": (
        r"week of the \d|\d\w\w this month|"
        rf"^(?!.*{_MONTH}\b)(?!.*\b(?:century|quarter|week|month|year|decade)).*\b(?:\d+(?:st|nd|rd|th)|(?:the"
        rf"|twenty|thirty)[ -]"
        r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|\w+teenth|tenth|eleventh|twelfth|twentieth))\b"
        r"|day \d+$|^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? (?:the )?\d+|\b\d+(?:st|nd|rd|th)? day of (?:the "
        r"|next |last )?month"
        r"|\bday of (?:the|next) month|of every month|^(?:on )?(?:the )?\d+(?:st|nd|rd|th)?$"
    ),
    "parts counted out of a period": (
        r"\bupcoming (?:two|2|three|3)|\b(?:two|2) upcoming|\d \w+days|rest of|"
        r"\bweeks? \d+|\d\w* (?:last )?week of \d|^(?:the )?(?:first|last|third|second|\d+\w\w)(?: \d+"
        r"| \w+)? (?:weeks?|months?|days?|weekends?|mon|tue|wed|thu|fri|sat|sun)\w*"
        r" (?:of|in) (?!(?:the )?\w+$)|(?:first|second|third|fourth|last|next|closest|\d+\w\w|two|three|four"
        r"|\d)[ -](?:to last |last |closest )?"
        r"(?:mon|tue|wed|thu|fri|sat|sun|\w+mas|thanksgiving|easter|week|month|year|quarter|day|weekend)\w* (?:of"
        r"|in|before|after|from|to|starting) (?!now|today)"
        r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days from|\d+ (?:upcoming|next|last|past|previous|coming)"
        r"|\bremaining of|after next\b|before last\b"
    ),
    "several times that count from each other": (
        r"\w in (?:a|\d|\w+) years?$|(?:before|after) today|for \d+ days$|year before|closest|from today|"
        rf"\b(?:days?|weeks?|months?|years?|fortnight)\b.*\b(?:before|after|from|since|starting|until"
        rf"|earlier than)\b(?! (?:now|today)$)"
        rf"|(?:last|next|this|following|previous|past) (?:week|month|year)\b[ ,-]*(?:on |of )?(?:mon|tue|wed|thu"
        rf"|fri|sat|sun|at|jan|the)"
        rf"|day\b.*\b(?:of|in) (?:the |next |last |this |following )+(?:week|month|year)|day (?:\w+ )?(?:next|last"
        rf"|this) week|day,? {_COUNT} \w+ (?:from|ago)"
        rf"|in {_COUNT} \w+,? on|\b{_COUNT} (?:years?|months?|weeks?|days?)(?:,| and)? {_COUNT} (?:years?|months?"
        rf"|weeks?|days?)|weeks? after|for {_COUNT} \w+,? from|in next month"
    ),
    "number left vague": r"\b(?:few|several|some)\b",
    "award or possession": r"^(?:my day|the (?:day|week|month|year|hour|fortnight))$",
    "part of a day with nothing to hold it": r"^(?:in the )?(?:morning|evening|afternoon|night|mid night|midnight"
    r"|mid day)s?$",
    "comparison typed for a query": r"(?:greater|later|earlier|more|less) than",
    "no such day": r"feb(?:ruary)? 3\d|2/29/2019",
    "to date": r"\b(?:to|till) date\b|current date",
    "before our era": r"\bb\.?c\.?|\ba\.?d\.?\b",
    "rate or adjective of repetition": r"\b(?:once|twice|one) an? |annual\b|quarterly|semi-?|bi-?|everyday"
    r"|any (?:year|weekend)|\ball (?:weekends|day|week|month|year)",
}
# holidays whose names English-language news takes as known, by the Gregorian and Western church calendars
HOLIDAYS = re.compile(
    r"christmas|boxing day|new year|valentine|patrick|may day|independence day|fourth of july|4th of july|july 4"
    r"|bastille|halloween"
    r"|armistice|veterans?|thanksgiving|labou?r day|memorial day|good friday|easter|palm sunday|ash wednesday"
    r"|maundy thursday|pentecost"
    r"|whit|martin luther king|mlk|presidents?'? day|columbus day|black friday|juneteenth|remembrance|earth day"
    r"|april fool|women'?s day"
    r"|mother'?s'? day|father'?s'? day|groundhog day|epiphany|all saints|all souls|workers'? day|st\.? george"
    r"|st\.? andrew|flag day|election day"
    r"|cyber monday|inauguration day|constitution day|guy fawkes|human rights day"
)
OTHER_CALENDARS = re.compile(r"\beid\b|orthodox|chinese|lunar|islamic|parsi|hijri|super tuesday")
_CLOCK = re.compile(r"\b\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\b\.?|\bnoon\b|\bmidnight\b")
_DATE = re.compile(
    rf"\b{_MONTH}\.? (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)?|\w+(?:first|second|third|th))\b(?:,? \d{{4}})?"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}\b(?: \d{{4}})?|\d{{4}}-\d\d-\d\d"
)
_FIGURE = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirty|fifteen|half|quarter|past"
    r"|o['’]?clock)\b"
)


def left_out(wanted: Sequence[Row]) -> str | None:
    """Give the reason why an example is out of scope, None where it is in."""
    for want in wanted:
        words = want["text"].lower()
        if want["kind"] == "latent":
            return "latent: a time only where one asks for a time"
        if want["kind"] == "alternatives":
            return "alternatives for a meeting"
        for reason, pattern in REASONS.items():
            if re.search(pattern, words):
                return reason
        if OTHER_CALENDARS.search(words) or (want["kind"] == "holiday" and not HOLIDAYS.search(words)):
            return "holiday of another calendar or little known"
        if want["kind"] == "clock" and _FIGURE.search(_CLOCK.sub("", _DATE.sub("", words))):
            return "clock without am or pm"
    return None
