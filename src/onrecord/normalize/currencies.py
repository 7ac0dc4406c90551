"""Currencies as tables: symbols, ISO 4217 codes, names, and what the parts of a unit are called.

A name that several countries share ("peso", "krone", "franc") has no currency without its country: None, never a guess.
"Dollar" alone is USD and "pound" GBP, as in the news they are.
"""

CODES = frozenset(
    "USD EUR GBP JPY CHF CAD AUD NZD CNY CNH HKD SGD TWD SEK NOK DKK PLN CZK HUF RON BGN ISK UAH RUB BYN TRY ILS SAR AED QAR "
    "KWD BHD OMR JOD EGP LBP IRR IQD SYP INR PKR BDT LKR NPR IDR MYR THB VND PHP KRW KZT ZAR NGN KES GHS ETB TZS UGX MAD DZD "
    "TND BRL MXN ARS CLP COP PEN UYU VES GEL AMD AZN RSD MKD BAM MDL".split()
)

# before or behind the figures; the longest fits first
SYMBOLS: dict[str, str | None] = {
    "US$": "USD", "U.S.$": "USD", "$US": "USD", "$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD",
    "CAN$": "CAD", "HK$": "HKD", "NZ$": "NZD", "S$": "SGD", "NT$": "TWD", "R$": "BRL", "MX$": "MXN", "MEX$": "MXN", "J$": "JMD",
    "€": "EUR", "£": "GBP", "£E": "EGP", "¥": "JPY", "CN¥": "CNY", "RMB": "CNY", "₹": "INR", "Rs.": "INR", "Rs": "INR",
    "₽": "RUB", "₩": "KRW", "₺": "TRY", "₪": "ILS", "₴": "UAH", "₦": "NGN", "₱": "PHP", "฿": "THB", "₫": "VND", "₸": "KZT",
    "RM": "MYR", "SFr": "CHF", "Rp": "IDR", "zł": "PLN", "DM": "DEM",
}  # fmt: skip

# singular -> code; the plural is formed below
NAMES: dict[str, str | None] = {
    "dollar": "USD", "us dollar": "USD", "u.s. dollar": "USD", "american dollar": "USD", "buck": "USD", "euro": "EUR",
    "pound": "GBP", "pound sterling": "GBP", "british pound": "GBP", "yen": "JPY", "japanese yen": "JPY", "yuan": "CNY",
    "chinese yuan": "CNY", "renminbi": "CNY", "rupee": "INR", "indian rupee": "INR", "pakistani rupee": "PKR",
    "sri lankan rupee": "LKR", "nepalese rupee": "NPR", "ruble": "RUB", "rouble": "RUB", "russian ruble": "RUB",
    "russian rouble": "RUB", "belarusian ruble": "BYN", "canadian dollar": "CAD", "australian dollar": "AUD",
    "new zealand dollar": "NZD", "hong kong dollar": "HKD", "singapore dollar": "SGD", "taiwan dollar": "TWD",
    "taiwanese dollar": "TWD", "jamaican dollar": "JMD", "swiss franc": "CHF", "franc": None, "french franc": "FRF",
    "belgian franc": "BEF", "cfa franc": "XOF", "krona": "SEK", "swedish krona": "SEK", "swedish crown": "SEK",
    "icelandic krona": "ISK", "krone": None, "norwegian krone": "NOK", "norwegian crown": "NOK", "danish krone": "DKK",
    "danish crown": "DKK", "crown": None, "czech crown": "CZK", "czech koruna": "CZK", "koruna": "CZK", "zloty": "PLN",
    "polish zloty": "PLN", "forint": "HUF", "hungarian forint": "HUF", "leu": "RON", "romanian leu": "RON", "lev": "BGN",
    "hryvnia": "UAH", "ukrainian hryvnia": "UAH", "lira": "TRY", "turkish lira": "TRY", "syrian pound": "SYP",
    "lebanese pound": "LBP", "egyptian pound": "EGP", "shekel": "ILS", "israeli shekel": "ILS", "riyal": None,
    "saudi riyal": "SAR", "qatari riyal": "QAR", "omani rial": "OMR", "rial": None, "iranian rial": "IRR", "dirham": "AED",
    "uae dirham": "AED", "moroccan dirham": "MAD", "dinar": None, "iraqi dinar": "IQD", "kuwaiti dinar": "KWD",
    "jordanian dinar": "JOD", "serbian dinar": "RSD", "tunisian dinar": "TND", "algerian dinar": "DZD", "tenge": "KZT",
    "taka": "BDT", "rupiah": "IDR", "indonesian rupiah": "IDR", "ringgit": "MYR", "malaysian ringgit": "MYR", "baht": "THB",
    "thai baht": "THB", "dong": "VND", "vietnamese dong": "VND", "peso": None, "mexican peso": "MXN", "argentine peso": "ARS",
    "chilean peso": "CLP", "colombian peso": "COP", "philippine peso": "PHP", "won": "KRW", "south korean won": "KRW",
    "korean won": "KRW", "rand": "ZAR", "south african rand": "ZAR", "naira": "NGN", "nigerian naira": "NGN", "cedi": "GHS",
    "birr": "ETB", "shilling": None, "kenyan shilling": "KES", "ugandan shilling": "UGX", "tanzanian shilling": "TZS",
    "brazilian real": "BRL", "real": "BRL", "deutsche mark": "DEM", "german mark": "DEM", "mark": "DEM",
    "finnish markka": "FIM", "markka": "FIM", "guilder": "NLG", "dutch guilder": "NLG", "peseta": "ESP", "drachma": "GRD",
    "italian lira": "ITL", "rmb": "CNY", "lari": "GEL", "dram": "AMD", "manat": "AZN",
}  # fmt: skip

PLURALS: dict[str, str] = {
    "pound sterling": "pounds sterling", "krona": "kronor", "swedish krona": "swedish kronor",
    "icelandic krona": "icelandic kronur", "krone": "kroner", "norwegian krone": "norwegian kroner",
    "danish krone": "danish kroner", "leu": "lei", "romanian leu": "romanian lei", "lev": "leva", "real": "reais",
    "brazilian real": "brazilian reais", "czech koruna": "czech korunas", "zloty": "zlotys", "italian lira": "italian lire",
}  # fmt: skip

# parts of a unit: singular -> code of the unit (all of these are hundredths)
CENTS: dict[str, str] = {
    "cent": "USD", "canadian cent": "CAD", "australian cent": "AUD", "euro cent": "EUR", "eurocent": "EUR", "penny": "GBP",
    "kopeck": "RUB", "kopek": "RUB",
}  # fmt: skip
CENT_PLURALS: dict[str, str] = {"penny": "pence"}
CENT_SYMBOLS: dict[str, str] = {"¢": "USD"}

# names that are also other words: money only behind a scale ("50 billion won") or a big number ("20,000 pounds")
ALSO_WORDS = frozenset(
    ("won", "real", "pound", "pounds", "mark", "marks", "crown", "crowns", "rand", "dram", "drams", "dong")
)


def names() -> dict[str, str | None]:
    """Give all names, singular and plural, with their codes."""
    plural = {PLURALS.get(n, n if n.endswith(_SAME) else n + "s"): c for n, c in NAMES.items()}
    return {**NAMES, **plural}


def cents() -> dict[str, str]:
    """Give all names of hundredths, singular and plural, with the code of their unit."""
    return {**CENTS, **{CENT_PLURALS.get(n, n + "s"): c for n, c in CENTS.items()}}


_SAME = (
    "yen",
    "yuan",
    "renminbi",
    "rmb",
    "won",
    "rand",
    "baht",
    "ringgit",
    "dong",
    "naira",
    "birr",
    "tenge",
    "rupiah",
    "sterling",
)
