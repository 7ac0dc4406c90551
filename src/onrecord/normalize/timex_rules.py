"""The rules of time expressions: a pattern, what it means, and examples that are its tests.

An example is read as an article published on Friday, 2025-03-28; the words in [brackets] are the expression.
Patterns run over lower-case text from a word of one of the rule's classes (`starts`); the longest match wins, the
earlier rule where two are equal. `left` names what may stand before and belongs to the expression: d(eterminer),
p(art: "early", "the end of"), a(pproximator: "nearly"). A reader that gives None refuses the match.
"""

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.normalize import timex_calendar as calendar
from onrecord.normalize import timex_relative as relative
from onrecord.normalize.anchor import Scene
from onrecord.normalize.timex_values import Match, Reading

Example = tuple[str, str, str]  # sentence with [expression], type, value


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of time expression."""

    name: str
    starts: str
    left: str
    pattern: str
    read: Callable[[Match, Scene], Reading | None]
    examples: tuple[Example, ...]


RULES: tuple[Rule, ...] = (
    Rule(
        "iso date", "digits", "",
        r"(?P<year>(?:1[5-9]|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?:t(?P<hour>\d\d:\d\d)(?::\d\d)?z?)?(?!\d)",
        calendar.full_date,
        (
            ("Filed [2025-03-21] by the desk", "DATE", "2025-03-21"),
            ("Filed [2025-03-21T10:30:00Z] by the desk", "TIME", "2025-03-21T10:30"),
        ),
    ),
    Rule(
        "figures", "digits", "", r"(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year>(?:19|20)\d\d|\d\d)(?![/\d])",
        calendar.slashed,
        (("Signed [3/21/2025] here", "DATE", "2025-03-21"), ("Signed [21/03/2025] here", "DATE", "2025-03-21")),
    ),
    Rule(
        "month day", "month weekday", "pa",
        r"(?:{anyweekday},? )?{month} (?:the )?{day}(?: ?,? (?:(?:of |in )?{year}|(?:of )?(?P<which>last|this"
        r"|next) year))?",
        calendar.full_date,
        (
            ("It was signed on [March 21, 2025] in the hall.", "DATE", "2025-03-21"),
            ("The Courier, [Mar 14 2025]", "DATE", "2025-03-14"),
            ("The Courier, [Mar. 26, 2025]", "DATE", "2025-03-26"),
            ("It opens on [January 20 next year].", "DATE", "2026-01-20"),
            ("They met on [Monday, Feb. 24].", "DATE", "2025-02-24"),
            ("The court will sit on [May 6].", "DATE", "2025-05-06"),
            ("The court sat on [Nov. 6].", "DATE", "2024-11-06"),
            ("It closed on [Sept. 30] as planned", "DATE", "2024-09-30"),
            ("It opened on [March eighth] as planned", "DATE", "2025-03-08"),
            ("It opened on [March twenty second] as planned", "DATE", "2025-03-22"),
        ),
    ),
    Rule(
        "day month", "digits ordinal weekday", "dpa",
        r"(?:{anyweekday},? )?(?:the )?{day}(?: of)?~{month}(?:(?:,? (?:of |in )?|-){year})?",
        calendar.full_date,
        (
            ("It was signed on [28 March 2025] in the hall.", "DATE", "2025-03-28"),
            ("It was signed on [the 14th of March] in the hall.", "DATE", "2025-03-14"),
            ("It was signed on [14th of March of 2021] in the hall.", "DATE", "2021-03-14"),
            ("The bank opened on [Monday 24 February].", "DATE", "2025-02-24"),
        ),
    ),
    Rule(
        "month year", "month digits", "p", r"{month},?~(?:of |in )?{year}"
            r"|{fullyear} {longmonth}(?! \d)", calendar.month_year,
        (
            ("The bridge opened in [February 2022] after all", "DATE", "2022-02"),
            ("It began in [Feb 2022] there", "DATE", "2022-02"),
            ("It began in [May nineteen hundred ninety-three].", "DATE", "1993-05"),
            ("It began in [early March 2023] there", "DATE", "2023-03"),
        ),
    ),
    Rule(
        "month of year", "month", "p", r"{month},? (?:of )?(?P<which>last|this|next|that|the same|the following) year",
        calendar.month_which_year,
        (
            ("Sales fell in [June last year].", "DATE", "2024-06"),
            ("It opens in [May of next year].", "DATE", "2026-05"),
        ),
    ),
    Rule(
        "day of which month", "digits ordinal", "d",
        r"{day} of (?:the )?(?P<which>last|this|next|current|previous|following) month\b", calendar.day_of_month,
        (("It opens on [the 15th of next month].", "DATE", "2025-04-15"),),
    ),
    Rule(
        "first day of two", "digits ordinal", "dp",
        r"(?:the )?{day}(?= ?(?:-|–|to|and|or|through|until"
        r"|till) ?(?:the )?{day:other}(?: of)?~(?P<month>{monthname}))",
        calendar.full_date,
        (
            ("It ran from [3] to 12 March.", "DATE", "2025-03-03"),
            ("It ran from [the 3rd] to the 12th of March.", "DATE", "2025-03-03"),
        ),
    ),
    Rule(
        "second day of two", "digits ordinal", "d", r"(?:the )?{day}", calendar.second_day,
        (
            ("It ran from March 3 to [12].", "DATE", "2025-03-12"),
            ("It opens on June 3 and [4].", "DATE", "2025-06-04"),
            ("It ran on May 3-[5], 2024.", "DATE", "2024-05-05"),
            ("It ran from May third through [the ninth].", "DATE", "2025-05-09"),
        ),
    ),
    Rule(
        "short month", "month", "p",
        r"(?P<longmonth>jan|feb|apr|aug|sept?|oct|nov|dec)\b\.?(?! \d)", calendar.bare_month,
        (("It was agreed in [Dec.] there.", "DATE", "2024-12"),),
    ),
    Rule(
        "bare month", "month", "pa", r"{longmonth}(?! \d)", calendar.bare_month,
        (
            ("Prices rose in [January].", "DATE", "2025-01"),
            ("Prices rose in [December].", "DATE", "2024-12"),
            ("Voters will decide in [August].", "DATE", "2025-08"),
            ("It was agreed in [early March].", "DATE", "2025-03"),
            ("Work stopped by [the end of November].", "DATE", "2024-11"),
            ("It ran from [November] to March 2024.", "DATE", "2023-11"),
            ("It will run from June to [February].", "DATE", "2026-02"),
            ("The levy will rise in [January].", "DATE", "2026-01"),
        ),
    ),
    Rule(
        "which month", "deictic", "p", r"(?P<which>last|next|this(?: past| coming)?|the following) {longmonth}(?! \d)",
        calendar.which_month,
        (("It began [last November].", "DATE", "2024-11"), ("It ends [next May].", "DATE", "2025-05")),
    ),
    Rule(
        "year", "digits", "pa", r"{fullyear}", calendar.bare_year,
        (
            ("He left in [2016] for good.", "DATE", "2016"),
            ("The ministry of 2014-[2018] fell.", "DATE", "2018"),
            ("It must end no later than [2030].", "DATE", "2030"),
            ("Work ends in [early 2030].", "DATE", "2030"),
            ("By [the end of 1994] it was over.", "DATE", "1994"),
        ),
    ),
    Rule(
        "named year", "unit fiscal", "dp",
        r"(?:year|fiscal(?: year)?|financial year|academic year) (?:{fullyear}|{speltyear})", calendar.named_year,
        (
            ("The plan for [fiscal 2024] was cut", "DATE", "2024"),
            ("In [the year 2000] it fell", "DATE", "2000"),
            ("In [the year two thousand] it fell", "DATE", "2000"),
        ),
    ),
    Rule(
        "spelt year", "number", "p", r"{speltyear}", calendar.spelt_year,
        (("It was [nineteen ninety-six] then", "DATE", "1996"),),
    ),
    Rule(
        "decade", "digits apostrophe", "dp", r"(?:(?P<century>1[5-9]|20)|['’])(?P<ten>\d)0['’]?s\b", calendar.decade,
        (
            ("In [the 1990s] it grew.", "DATE", "199"),
            ("In [the late 1970s] it grew.", "DATE", "197"),
            ("In [the '80s] it grew.", "DATE", "198"),
        ),
    ),
    Rule(
        "named decade", "year", "dp", r"(?P<name>sixties|seventies|eighties|nineties)\b", calendar.named_decade,
        (("In [the nineties] it grew.", "DATE", "199"),),
    ),
    Rule(
        "century", "digits ordinal", "dp", r"(?:{day}|twenty~first)~century\b", calendar.century,
        (("A castle of [the 11th century] burnt", "DATE", "10"), ("In [the late 20th century] it", "DATE", "19")),
    ),
    Rule(
        "quarter", "ordinal fiscal deictic digits", "dp",
        r"(?:(?P<which>last|this|next) year['’]s )?(?:{fullyear:early} )?(?:fiscal~)?{ordinal}~(?:fiscal )?quarters?\b"
        r"(?:,? (?:of )?(?:(?:fiscal )?{fullyear:late}|(?P<whose>last|this|next) year))?",
        calendar.quarter,
        (
            ("Profit fell in [the third quarter].", "DATE", "2024-Q3"),
            ("Profit fell in [the third quarter of 2024].", "DATE", "2024-Q3"),
            ("Profit will fall in [the third quarter].", "DATE", "2025-Q3"),
            ("The [fourth-quarter] loss was small, it said", "DATE", "2024-Q4"),
        ),
    ),
    Rule(
        "final quarter", "deictic", "dp",
        r"(?P<ordinal>final|last|closing)~quarter of"
        r" (?:(?:fiscal )?{fullyear:late}|(?P<whose>last|this|next|the) year)",
        calendar.quarter,
        (("Profit fell in [the final quarter of 2024].", "DATE", "2024-Q4"),),
    ),
    Rule(
        "quarter of a given year", "digits", "d", r"{fullyear} (?P<what>quarter|period)\b", calendar.year_period,
        (
            ("In the third quarter of 2024 it rose, up from [the 2023 period].", "DATE", "2023-Q3"),
            ("It earned more than in [the 2023 period].", "DATE", "2023"),
        ),
    ),
    Rule(
        "Q1", "q", "", r"q(?P<ordinal>[1-4])(?:,? (?:of )?{fullyear:late})?\b", calendar.quarter,
        (("Profit fell in [Q3 2024], it said", "DATE", "2024-Q3"), ("Profit fell in [Q1], it said", "DATE", "2025-Q1")),
    ),
    Rule(
        "half", "ordinal deictic", "dp",
        r"(?P<half>first|second|last|latter) half of (?:(?:fiscal )?{fullyear}|(?:(?P<which>last|this|next|the) year)"
        r"|the (?:(?P<century>1[5-9]|20)|['’])(?P<ten>\d)0['’]?s\b)",
        calendar.half,
        (
            ("Sales fell in [the first half of 2024].", "DATE", "2024-H1"),
            ("Sales fell in [the latter half of 2024].", "DATE", "2024-H2"),
            ("Sales fell in [the last half of the '80s].", "DATE", "198"),
        ),
    ),
    Rule(
        "week of a month", "ordinal deictic", "d",
        r"(?P<nth>first|second|third|fourth|last|final|[1-4](?:st|nd|rd|th)) (?:full )?week"
        r" (?:of|in) {month}(?:,? (?:of )?{year})?(?! \d)",
        calendar.week_of_month,
        (
            ("Sales rose in [the last week of February].", "DATE", "2025-W09"),
            ("Sales rose in [the first week of May 2024].", "DATE", "2024-W18"),
        ),
    ),
    Rule(
        "week of a day", "unit", "dp",
        r"week (?:of|starting|beginning|commencing) (?:on )?(?:{anyweekday},? )?{month} (?:the )?{day}(?:,? {year})?",
        calendar.week_of_day,
        (("It opened in [the week of March 6].", "DATE", "2025-W10"),),
    ),
    Rule(
        "weekday", "weekday", "p", r"{weekday}(?!s)", relative.weekday,
        (
            ("The mayor said [Wednesday] that it", "DATE", "2025-03-26"),
            ("The mayor said [Friday] that it", "DATE", "2025-03-28"),
            ("She will speak on [Thursday] in the hall.", "DATE", "2025-04-03"),
            ("Other towns could announce more on [Monday].", "DATE", "2025-03-31"),
            ("It happened [early Tuesday].", "DATE", "2025-03-25"),
        ),
    ),
    Rule(
        "weekday part", "weekday", "p", r"{weekday}~{daypart}\b", relative.weekday_part,
        (("It fell on [Wednesday night].", "TIME", "2025-03-26TNI"),),
    ),
    Rule(
        "weekdays", "weekday", "",
        r"(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?:s\b|~(?P<part>morning|afternoon|evening|night)s\b)",
        relative.weekdays,
        (
            ("The court sits on [Mondays] here", "SET", "XXXX-WXX-1"),
            ("They play [Tuesday nights] here", "SET", "XXXX-WXX-2TNI"),
        ),
    ),
    Rule(
        "which weekday", "deictic", "dp",
        r"(?P<which>last|next|this(?: past| coming)?|previous|following|coming|past) {weekday}(?:~{daypart})?",
        relative.which_weekday,
        (
            ("It happened [last Friday].", "DATE", "2025-03-21"),
            ("It happens [next Monday].", "DATE", "2025-03-31"),
            ("It happens [next Saturday].", "DATE", "2025-04-05"),
            ("It was [the previous Friday].", "DATE", "2025-03-21"),
        ),
    ),
    Rule(
        "day", "day", "p", r"(?P<word>today|yesterday|tomorrow|tonight)\b(?: {daypart})?", relative.named_day,
        (
            ("He said [today] that", "DATE", "2025-03-28"),
            ("He said [yesterday] that", "DATE", "2025-03-27"),
            ("He leaves [tomorrow].", "DATE", "2025-03-29"),
            ("He speaks [tonight].", "TIME", "2025-03-28TNI"),
            ("He spoke [yesterday afternoon].", "TIME", "2025-03-27TAF"),
            ("He spoke [late yesterday].", "DATE", "2025-03-27"),
        ),
    ),
    Rule(
        "day over", "unit", "d", r"day (?:before (?P<word>yesterday)|after (?P<ahead>tomorrow))\b", relative.day_over,
        (("He left [the day before yesterday].", "DATE", "2025-03-26"),),
    ),
    Rule(
        "day part", "deictic", "p", r"(?P<which>this|last|next|that|following|same) {daypart}\b", relative.which_part,
        (
            ("He said [this morning] that", "TIME", "2025-03-28TMO"),
            ("He said [last night] that", "TIME", "2025-03-27TNI"),
        ),
    ),
    Rule(
        "which unit", "deictic", "dp",
        r"(?P<which>last|next|this|past|previous|following|same|coming|upcoming|current|latest|that)"
        r" (?:fiscal |calendar |full |financial |academic |school )?"
        r"(?P<unit>day|week|fortnight|month|quarter|year|decade|century|period)\b(?: or so\b)?(?! old)",
        relative.which_unit,
        (
            ("Sales fell [last year].", "DATE", "2024"),
            ("Sales fell [last month].", "DATE", "2025-02"),
            ("Sales fell [last week].", "DATE", "2025-W12"),
            ("Sales will fall [early next year].", "DATE", "2026"),
            ("Sales fell [earlier this month].", "DATE", "2025-03"),
            ("They fell in 1998 and in [the following year].", "DATE", "1999"),
            ("On March 3 it fell, and [the next day] it rose.", "DATE", "2025-03-04"),
            ("They fell over [the past year].", "DATE", "2024"),
            ("They fell over [the past decade].", "DATE", "201"),
        ),
    ),
    Rule(
        "end of unit", "unit fiscal", "dp",
        r"(?:fiscal |full |financial |calendar |entire |whole )?"
        r"(?P<unit>day|week|month|quarter|year|decade|century)\b(?!~?(?:old|ago|earlier|end)\b)",
        relative.part_of_unit,
        (
            ("It ends by [the end of the year].", "DATE", "2025"),
            ("It began [earlier in the month].", "DATE", "2025-03"),
            ("It closed [late in the day].", "DATE", "2025-03-28"),
            ("It sold 40 boats in [the fiscal year] ended Jan. 31.", "DURATION", "P1Y"),
            ("Profit fell in [the quarter] ended Sept. 30.", "DATE", "2024-Q3"),
        ),
    ),
    Rule(
        "year-end", "unit", "", r"year(?:['’]s)?~end\b", relative.year_end,
        (("It will close by [year-end].", "DATE", "2025"),),
    ),
    Rule(
        "ago", "number unit digits", "a", r"(?:{count}~)?{units}(?: or so)? ago\b", relative.ago,
        (
            ("She left [two days ago].", "DATE", "2025-03-26"),
            ("She left [nearly four years ago].", "DATE", "2021"),
            ("She left [three months ago].", "DATE", "2024-12"),
            ("She left [six weeks ago].", "DATE", "2025-W07"),
            ("She left [a decade ago].", "DATE", "201"),
            ("She left [several years ago].", "DATE", "PAST_REF"),
            ("She left [a week or so ago].", "DATE", "2025-W12"),
        ),
    ),
    Rule(
        "later", "number digits", "a",
        r"{count}~{units} (?P<way>later|earlier|afterwards?|beforehand|from now|from today|hence|previously)\b",
        relative.later,
        (
            ("It began on March 3, 2025. [Twelve days later] it ended", "DATE", "2025-03-15"),
            ("It began on March 30, 2025. [Three weeks earlier] he left", "DATE", "2025-W10"),
            ("It ends [two days from now].", "DATE", "2025-03-30"),
        ),
    ),
    Rule(
        "year-ago", "unit deictic", "D",
        r"(?:comparable |corresponding )?year~(?:ago|earlier)(?:~(?:{ordinal}~)?(?P<what>quarter|period)"
        r"|~{count}~{units})?\b",
        relative.year_ago,
        (
            ("Profit beat [the year-ago quarter], it said", "DATE", "2024"),
            ("Profit beat [the year-earlier six months], it said", "DURATION", "P6M"),
        ),
    ),
    Rule(
        "same period", "deictic", "d",
        r"(?:same|corresponding|comparable|equivalent|like|this) (?P<unit>period|quarter|month|week|day|time)"
        r"(?: (?:of|in))?(?: (?:the )?(?P<which>last|previous|prior|preceding) year|,? a year~(?:ago|earlier|before)"
        r"| {fullyear})\b",
        relative.same_period,
        (
            ("Sales rose in February, against [the same month last year].", "DATE", "2024-02"),
            ("Sales rose in the fourth quarter, against [the corresponding period a year earlier].", "DATE", "2023-Q4"),
            ("It was open at [this time last year].", "DATE", "2024"),
        ),
    ),
    Rule(
        "part of a day", "daypart day", "pd", r"(?:(?P<overnight>overnight)|{daypart}(?:hours)?)\b", relative.daypart,
        (
            ("It closed on Tuesday and opened in [the morning].", "TIME", "2025-03-25TMO"),
            ("By [mid-afternoon] it was over.", "TIME", "2025-03-28TAF"),
            ("It fell on [the morning of March 5].", "TIME", "2025-03-05TMO"),
            ("It burnt down [overnight].", "TIME", "2025-03-27TNI"),
        ),
    ),
    Rule(
        "duration", "number digits", "da",
        r"{count}(?:(?:~(?:to|or|and)~|[-–]){number:upper})?~(?:(?:more|additional|extra|straight|consecutive|full"
        r"|long|short"
        r"|trading|business|working|whole) )?{units}(?:(?P<half> and a half)|-long| or so\b)?", relative.duration,
        (
            ("They spoke for [two hours].", "DURATION", "PT2H"),
            ("They ruled for [three years].", "DURATION", "P3Y"),
            ("A [two-year] plan failed", "DURATION", "P2Y"),
            ("They waited [nearly forty years].", "DURATION", "P40Y"),
            ("They waited [a year and a half].", "DURATION", "P1Y6M"),
            ("They waited [2 1/2 years].", "DURATION", "P2Y6M"),
            ("They waited [½ hour].", "DURATION", "PT30M"),
            ("They waited [two and a half years].", "DURATION", "P2Y6M"),
            ("They waited [three-and-a-half years].", "DURATION", "P3Y6M"),
            ("It took [10-15 years].", "DURATION", "P10Y"),
            ("The truce is to last [30 days].", "DURATION", "P30D"),
            ("They ruled for [four decades].", "DURATION", "P40Y"),
            ("They waited [several months].", "DURATION", "PXM"),
            ("They pay $5 million [a year].", "SET", "P1Y"),
        ),
    ),
    Rule(
        "counted period", "deictic ordinal", "d",
        r"(?:(?:the )?(?P<which>last|past|next|first|coming|previous|final|latest|recent|opening|following|upcoming)"
        r"|last|past|next|coming) {count}~{units}", relative.counted_period,
        (
            ("They fell in [the past two months].", "DURATION", "P2M"),
            ("The plan held for its [first one hundred days] in all", "DURATION", "P100D"),
            ("They will fall in [the next few days].", "DURATION", "PXD"),
        ),
    ),
    Rule(
        "vague period", "deictic", "d",
        r"(?:recent|coming|past|previous|next|upcoming) {bigplural}", relative.vague_period,
        (("They fell in [recent weeks].", "DURATION", "PXW"), ("They fell in [recent years].", "DATE", "PAST_REF")),
    ),
    Rule(
        "bare units", "unit", "", r"{bigplural}(?!~?old)(?:-long)?(?: ahead\b)?", relative.bare_units,
        (("The repairs took [decades] in all", "DURATION", "PXDE"), ("It broke within [minutes].", "DURATION", "PTXM")),
    ),
    Rule(
        "every", "deictic", "a",
        r"(?:each|every)(?: (?P<other>other))? (?:{weekday}|{longmonth}|{season}|weekend|{daypart}|{unit})\b"
        r"(?:~{daypart:part})?",
        relative.every,
        (
            ("They meet [every Monday] at dawn", "SET", "XXXX-WXX-1"),
            ("They meet [each July] at sea", "SET", "XXXX-07"),
            ("They meet [every day] at sea", "SET", "P1D"),
            ("They meet [every other week] at sea", "SET", "P2W"),
        ),
    ),
    Rule(
        "every counted", "deictic", "a", r"(?:each|every) {count} {units}", relative.every_counted,
        (("They vote [every four years] there", "SET", "P4Y"),),
    ),
    Rule(
        "adverb", "adverb", "", r"(?P<word>hourly|daily|nightly|weekly|monthly|annually|yearly)\b", relative.adverb,
        (("They meet [daily] there", "SET", "P1D"), ("It pays 4 million [annually].", "SET", "P1Y")),
    ),
    Rule(
        "which season", "deictic", "p", r"(?P<which>last|next|this(?: past| coming)?) {season}", calendar.which_season,
        (("They left [last summer].", "DATE", "2024-SU"), ("They leave [this summer].", "DATE", "2025-SU")),
    ),
    Rule(
        "season", "season", "dp", r"{season}(?:,? (?:of )?{fullyear})?", calendar.season,
        (
            ("They left in [the summer of 1994].", "DATE", "1994-SU"),
            ("They left in [the winter].", "DATE", "2024-WI"),
            ("They left in [spring 2023] with", "DATE", "2023-SP"),
        ),
    ),
    Rule(
        "weekend", "weekend deictic", "dp",
        r"(?:(?P<which>last|this(?: past| coming)?|next|past|coming|previous|following) )?weekend\b", relative.weekend,
        (("They met [last weekend].", "DATE", "2025-W12-WE"), ("They met over [the weekend].", "DATE", "2025-W12-WE")),
    ),
    Rule(
        "clock", "digits clock", "pa", r"{clock}(?:,? \(?{zone}\)?)?", relative.clock,
        (
            ("He spoke at [3 p.m. on Friday].", "TIME", "2025-03-28T15:00"),
            ("He spoke at [9:30 a.m. EST Tuesday].", "TIME", "2025-03-25T09:30"),
            ("He spoke at [noon] there", "TIME", "2025-03-28T12:00"),
            ("He spoke at [14:45 GMT] there", "TIME", "2025-03-28T14:45Z"),
        ),
    ),
    Rule(
        "holiday", "holiday deictic weekend", "",
        r"(?:(?P<which>last|previous|next|following|this) )?(?P<weekendof>weekend of )?{holiday}(?:(?:,?"
        r"| of) (?:{fullyear}|(?P<whose>last|this|next) year))?"
        r"(?P<weekend>~weekend\b(?: {fullyear:late})?)?", calendar.feast,
        (
            ("They met on [Christmas Eve] there", "DATE", "2024-12-24"),
            ("They met [last Thanksgiving] there", "DATE", "2024-11-28"),
            ("They met on [Presidents Day] there", "DATE", "2025-02-17"),
            ("They met on [Labor Day weekend] there", "DATE", "2024-W35-WE"),
            ("They met over the [weekend of Thanksgiving 2023].", "DATE", "2023-W47-WE"),
            ("They met on [Easter Sunday, 2024] there", "DATE", "2024-03-31"),
        ),
    ),
    Rule(
        "reference", "reference the", "", r"(?P<word>{reference})", relative.reference,
        (
            ("They are [now] at odds", "DATE", "PRESENT_REF"),
            ("They [recently] met", "DATE", "PAST_REF"),
            ("They will meet in [the near future].", "DATE", "FUTURE_REF"),
        ),
    ),
)  # fmt: skip

# sentences in which nothing is a time
NONE_FOUND: tuple[str, ...] = (
    "We hope that this may help.",
    "You may sit down, he sat and sun fell on the second row.",
    "They march on the capital and may august company keep.",
    "The team won 3-1, then 21-14, and scored 88 points.",
    "Turn to page 2016 of the book, priced at $1999 or 1,990 euros.",
    "The 45-year-old driver, 45, and a girl of 8 years old were hurt.",
    "A quarter of all voters seconded it; one quarter did not.",
    "Chapter 12:30 and a ratio of 3:10 mean little.",
    "Springs fall where wells spring up.",
    "The Sunday Times and Ms April Jones read the minutes during office hours.",
    "He came second; the second man came third.",
)
