"""The rules of all that counts from an anchor, has a length, comes again or tells the hour (see timex_rules.py)."""

from onrecord.normalize import timex_calendar as calendar
from onrecord.normalize import timex_relative as relative
from onrecord.normalize.timex_values import Rule

RELATIVE: tuple[Rule, ...] = (
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
            ("Following [Friday]'s vote it closed.", "DATE", "2025-03-28"),
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
        "ago", "number unit digits", "a",
        r"(?:{count}~(?:(?:or|to)~{number:upper}~)?)?{units}(?: or so)? ago\b", relative.ago,
        (
            ("She left [two days ago].", "DATE", "2025-03-26"),
            ("She left [nearly four years ago].", "DATE", "2021"),
            ("She left [three months ago].", "DATE", "2024-12"),
            ("She left [six weeks ago].", "DATE", "2025-02-14"),
            ("She left [a decade ago].", "DATE", "201"),
            ("She left [several years ago].", "DATE", "PAST_REF"),
            ("She left [three or four months ago].", "DATE", "2024-12"),
            ("She left [a week or so ago].", "DATE", "2025-03-21"),
        ),
    ),
    Rule(
        "later", "number digits", "a",
        r"{count}~{units} (?P<way>later|earlier|afterwards?|beforehand|from now|from today|from tonight"
        r"|hence|previously)\b",
        relative.later,
        (
            ("It began on March 3, 2025. [Twelve days later] it ended", "DATE", "2025-03-15"),
            ("It began on March 30, 2025. [Three weeks earlier] he left", "DATE", "2025-03-09"),
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
            ("[A few days] later it closed.", "DURATION", "PXD"),
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
        r"|last|past|next|coming) {count}~{units}(?: or so\b)?", relative.counted_period,
        (
            ("They fell in [the past two months].", "DURATION", "P2M"),
            ("They will rise in [the next two years or so].", "DURATION", "P2Y"),
            ("The plan held for its [first one hundred days] in all", "DURATION", "P100D"),
            ("They will fall in [the next few days].", "DURATION", "PXD"),
        ),
    ),
    Rule(
        "vague period", "deictic", "d",
        r"(?:recent|coming|past|previous|next|upcoming|future) (?:{bigplural}|quarters\b)", relative.vague_period,
        (
            ("They fell in [recent weeks].", "DURATION", "PXW"),
            ("They fell in [recent years].", "DATE", "PAST_REF"),
            ("They will rise in [coming months].", "DATE", "FUTURE_REF"),
        ),
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
        "season", "season", "dp", r"{season}(?:,? (?:of )?(?:{fullyear}|{speltyear}))?", calendar.season,
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
            ("They paid in time for [Easter].", "DATE", "2025-04-20"),
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
