"""The rules of calendar dates: days, months, years, quarters and weeks by their names (see timex_rules.py)."""

from onrecord.normalize import timex_calendar as calendar
from onrecord.normalize.timex_values import Rule

CALENDAR: tuple[Rule, ...] = (
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
            ("She said she would win the [November] election.", "DATE", "2025-11"),
            ("It was said of the [January] election.", "DATE", "2025-01"),
            ("It ran from [November] to March 2024.", "DATE", "2023-11"),
            ("It fell between [April] and June 2023.", "DATE", "2023-04"),
            ("It fell in [January] and in 2019.", "DATE", "2025-01"),
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
)  # fmt: skip
