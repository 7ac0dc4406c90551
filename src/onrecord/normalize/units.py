"""Units as tables: of shares, troops, weapons and measures, each with the words for it.

A unit's name is the English singular of its word; the plural of a word is formed below.
"""

from onrecord.types import QuantityKind

_NAMED_JETS = ("f-16", "f-15", "f-18", "f-22", "f-35", "mig-29", "mig-31", "su-24", "su-25", "su-27", "su-34", "su-35")
_JETS = (*_NAMED_JETS, *(f"{name} jet" for name in _NAMED_JETS), "gripen", "rafale", "eurofighter")

# kind -> unit -> words for one of it (plurals are formed)
WORDS: dict[QuantityKind, dict[str, tuple[str, ...]]] = {
    "percentage": {
        "percent": ("percent", "per cent"),
        "percentage point": ("percentage point", "percent point", "%-point"),
        "basis point": ("basis point",),
    },
    "length": {
        "kilometre": ("kilometer", "kilometre"),
        "metre": ("meter", "metre"),
        "centimetre": ("centimeter", "centimetre"),
        "millimetre": ("millimeter", "millimetre"),
        "decimetre": ("decimeter", "decimetre"),
        "mile": ("mile",),
        "nautical mile": ("nautical mile",),
        "yard": ("yard",),
        "foot": ("foot",),
        "inch": ("inch",),
        "light-year": ("light-year", "light year"),
    },
    "area": {"acre": ("acre",), "hectare": ("hectare",)},
    "volume": {
        "barrel": ("barrel",),
        "gallon": ("gallon",),
        "litre": ("liter", "litre"),
        "millilitre": ("milliliter", "millilitre"),
        "pint": ("pint",),
        "quart": ("quart",),
        "tablespoon": ("tablespoon",),
        "teaspoon": ("teaspoon",),
    },
    "weight": {
        "tonne": ("tonne", "metric ton"),
        "ton": ("ton", "short ton", "long ton"),
        "kilogram": ("kilogram", "kilogramme", "kilo"),
        "gram": ("gram", "gramme"),
        "milligram": ("milligram", "milligramme"),
        "microgram": ("microgram", "microgramme"),
        "pound": ("pound",),
        "ounce": ("ounce",),
    },
    "speed": {
        "mile per hour": ("mile per hour", "mile an hour"),
        "kilometre per hour": (
            "kilometer per hour",
            "kilometre per hour",
            "kilometer an hour",
            "kilometre an hour",
        ),
        "metre per second": ("meter per second", "metre per second", "meter a second", "metre a second"),
        "knot": ("knot",),
    },
    "temperature": {
        "degree": ("degree",),
        "degree Celsius": ("degree celsius", "degree centigrade", "degree c"),
        "degree Fahrenheit": ("degree fahrenheit", "degree f"),
    },
    "power": {
        "watt": ("watt",),
        "kilowatt": ("kilowatt",),
        "megawatt": ("megawatt",),
        "gigawatt": ("gigawatt",),
        "horsepower": ("horsepower",),
    },
    "energy": {
        "kilowatt-hour": ("kilowatt-hour", "kilowatt hour"),
        "megawatt-hour": ("megawatt-hour", "megawatt hour"),
        "gigawatt-hour": ("gigawatt-hour", "gigawatt hour"),
        "terawatt-hour": ("terawatt-hour", "terawatt hour"),
        "kiloton": ("kiloton",),
        "megaton": ("megaton",),
    },
    "information": {
        "kilobyte": ("kilobyte",),
        "megabyte": ("megabyte",),
        "gigabyte": ("gigabyte",),
        "terabyte": ("terabyte",),
        "megabit": ("megabit",),
        "gigabit": ("gigabit",),
    },
    "troops": {
        "troops": ("troops",),
        "soldier": ("soldier",),
        "marine": ("marine",),
        "peacekeeper": ("peacekeeper",),
        "serviceman": ("serviceman",),
        "service member": ("service member",),
        "reservist": ("reservist",),
        "conscript": ("conscript",),
        "mercenary": ("mercenary",),
        "paratrooper": ("paratrooper",),
        "guardsman": ("guardsman",),
        "fighter": ("fighter",),
        "militant": ("militant",),
        "insurgent": ("insurgent",),
        "military personnel": ("military personnel", "service personnel", "army personnel"),
        "military adviser": ("military adviser", "military advisor"),
        "commando": ("commando",),
        "battalion": ("battalion",),
        "brigade": ("brigade",),
        "regiment": ("regiment",),
        "battlegroup": ("battlegroup", "battle group"),
    },
    "weapons": {
        "tank": ("tank", "battle tank", "main battle tank"),
        "missile": ("missile",),
        "warhead": ("warhead",),
        "rocket": ("rocket",),
        "drone": ("drone",),
        "fighter jet": ("fighter jet", "fighter plane", "fighter aircraft", "warplane", "combat aircraft", *_JETS),
        "bomber": ("strategic bomber", "stealth bomber", "heavy bomber", "long-range bomber"),
        "helicopter": ("helicopter",),
        "warship": ("warship",),
        "aircraft carrier": ("aircraft carrier",),
        "submarine": ("submarine",),
        "frigate": ("frigate",),
        "destroyer": ("destroyer",),
        "howitzer": ("howitzer",),
        "launcher": ("launcher",),
        "artillery shell": ("artillery shell", "artillery round", "mortar shell", "mortar round"),
        "air defence battery": ("missile battery", "patriot battery"),
        "air defence system": ("air defence system", "air defense system", "missile system", "patriot system"),
        "armoured vehicle": ("armoured vehicle", "armored vehicle", "fighting vehicle", "armoured personnel carrier"),
        "land mine": ("land mine", "landmine"),
        "bomb": ("bomb",),
        "grenade": ("grenade",),
        "rifle": ("rifle",),
        "pistol": ("pistol", "handgun"),
        "gun": ("gun", "machine gun"),
    },
}

# signs and abbreviations, which have no plural; those of one letter mean too many other things
SIGNS: dict[str, tuple[str, ...]] = {
    "percent": ("%", "pct", "pc", "percents"),
    "kilometre": ("km", "kms"),
    "metre": ("m",),  # only before "tall", "long" and the like: "m" is a million in the news
    "centimetre": ("cm",),
    "millimetre": ("mm",),
    "decimetre": ("dm",),
    "foot": ("ft", "ft."),
    "yard": ("yd", "yds"),
    "millilitre": ("ml",),
    "kilogram": ("kg", "kgs"),
    "milligram": ("mg",),
    "microgram": ("mcg", "μg", "µg"),
    "pound": ("lb", "lbs", "lbs.", "lb."),
    "ounce": ("oz", "oz."),
    "mile per hour": ("mph",),
    "kilometre per hour": ("km/h", "kph", "kmh", "kmph", "km/hr"),
    "degree": ("°",),
    "degree Celsius": ("°c", "° c", "° celsius", "ºc", "c"),  # "c" and "f" only where it is about heat
    "degree Fahrenheit": ("°f", "° f", "° fahrenheit", "f"),
    "kilowatt": ("kw",),
    "megawatt": ("mw",),
    "gigawatt": ("gw",),
    "kilowatt-hour": ("kwh",),
    "megawatt-hour": ("mwh",),
    "gigawatt-hour": ("gwh",),
    "terawatt-hour": ("twh",),
    "megabyte": ("mb",),
    "gigabyte": ("gb",),
    "terabyte": ("tb",),
    "square kilometre": ("sq km", "sq. km", "km2", "km²"),
    "square metre": ("sq m", "sqm", "m2", "m²"),
    "square mile": ("sq mi", "sq. mi", "sq miles"),
    "square foot": ("sq ft", "sq. ft", "sqft"),
    "cubic metre": ("m³", "m3", "cu m"),
}

# words that may stand between the figures and troops or weapons, beside names ("3,000 additional Ukrainian troops")
BETWEEN = frozenset(
    (
        *(
            "additional",
            "extra",
            "more",
            "new",
            "other",
            "heavily",
            "armed",
            "combat",
            "ground",
            "foreign",
            "coalition",
        ),
        *(
            "allied",
            "peacekeeping",
            "government",
            "regular",
            "active-duty",
            "active",
            "duty",
            "military",
            "army",
            "navy",
        ),
        *("elite", "special", "forces", "federal", "local", "friendly", "enemy", "invading", "fresh", "mobilised"),
        *("mobilized", "reserve", "infantry", "armoured", "armored", "mechanised", "mechanized", "airborne", "tank"),
        *("artillery", "ballistic", "cruise", "nuclear", "anti-tank", "anti-aircraft", "air-to-air", "hypersonic"),
        *("long-range", "short-range", "medium-range", "intermediate-range", "surface-to-air", "guided", "precision"),
        *("attack", "explosive", "kamikaze", "unmanned", "naval", "stealth", "strategic", "advanced", "modern", "old"),
        *("heavy", "light", "nuclear-powered", "rocket", "missile", "assault", "sniper", "cluster", "glide", "aerial"),
        *("surveillance", "reconnaissance", "transport", "decommissioned", "intercontinental", "roadside"),
    )
)

# units that are made of others: so many of the second make one of the first
COMPOUND: dict[tuple[str, str], int] = {("foot", "inch"): 12, ("pound", "ounce"): 16}

_PLURALS = {"foot": "feet", "inch": "inches", "mercenary": "mercenaries"}
_SAME = ("percent", "per cent", "troops", "personnel", "aircraft", "horsepower")


def units() -> dict[str, tuple[QuantityKind, str]]:
    """Give all words and signs, singular and plural, with their kind and unit."""
    found: dict[str, tuple[QuantityKind, str]] = {}
    for kind, table in (*WORDS.items(), *_squares().items()):
        for unit, words in table.items():
            for word in words:
                found[word] = found[plural(word)] = (kind, unit)
    kinds = {unit: kind for kind, unit in found.values()}
    return found | {sign: (kinds[unit], unit) for unit, signs in SIGNS.items() for sign in signs}


def plural(word: str) -> str:
    """Give the plural of a unit's word: its first noun in "mile per hour", "degree celsius", its last elsewhere."""
    head, sep, tail = _split(word)
    if word.endswith(_SAME):
        return word
    first, _, last = head.rpartition(" ")
    if last.endswith("man"):
        made = last.removesuffix("man") + "men"
    elif last.endswith("ry") and len(last) > 4:
        made = last.removesuffix("y") + "ies"
    else:
        made = _PLURALS.get(last, last + "s")
    return f"{first} {made}".strip() + sep + tail


def _split(word: str) -> tuple[str, str, str]:
    for middle in (" per ", " an ", " a "):
        if middle in word:
            return word.partition(middle)
    return word.partition(" ") if word.startswith("degree ") else (word, "", "")


def _squares() -> dict[QuantityKind, dict[str, tuple[str, ...]]]:
    """Give the squares and cubes of lengths."""
    lengths = WORDS["length"]
    bases = ("kilometre", "metre", "centimetre", "mile", "yard", "foot", "inch")
    return {
        "area": {f"square {b}": tuple(f"square {w}" for w in lengths[b]) for b in bases},
        "volume": {f"cubic {b}": tuple(f"cubic {w}" for w in lengths[b]) for b in bases},
    }
