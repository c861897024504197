"""Number words of English and Arabic, in the folded form of `annotator.coding.folding`."""

from collections.abc import Mapping


def _list(words: str) -> list[str]:
    return words.split()


SMALL: Mapping[str, int] = {
    word: value
    for value, words in enumerate(
        (
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        )
    )
    for word in words.split()
} | {"both": 2}

TENS: Mapping[str, int] = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fourty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}

SCALES: Mapping[str, int] = {
    "k": 1000,
    "thousand": 1000,
    "thousands": 1000,
    "million": 10**6,
    "millions": 10**6,
    "الف": 1000,
    "الفا": 1000,
    "الاف": 1000,
    "مليون": 10**6,
    "مليونا": 10**6,
    "ملايين": 10**6,
}
"""Words that multiply the number before them."""

DOZENS: Mapping[str, int] = {"dozen": 12, "dozens": 12, "دزينه": 12}

VAGUE: Mapping[str, int] = {
    "couple": 2,
    "few": 3,
    "several": 3,
    "tens": 10,
    "dozens": 12,
    "scores": 20,
    "hundreds": 100,
    "thousands": 1000,
    "millions": 10**6,
    "بضع": 3,
    "بضعه": 3,
    "عده": 3,
    "عشرات": 10,
    "ميات": 100,
    "مييات": 100,
    "الاف": 1000,
    "ملايين": 10**6,
}
"""Vague words and the least number each may stand for (domain.md §2.3, versioned with this)."""

VAGUE_SCALES: Mapping[str, int] = {
    "dozen": 12,
    "hundred": 100,
    "hundreds": 100,
    "thousand": 1000,
    "thousands": 1000,
    "million": 10**6,
    "millions": 10**6,
    "ميات": 100,
    "الاف": 1000,
    "ملايين": 10**6,
}
"""Words that multiply a vague word before them, as in "tens of thousands"."""

UNITS_AR: Mapping[str, int] = {
    word: value
    for words, value in (
        ("واحد واحده", 1),
        ("اثنان اثنين اثنتان اثنتين", 2),
        ("ثلاث ثلاثه", 3),
        ("اربع اربعه", 4),
        ("خمس خمسه", 5),
        ("ست سته", 6),
        ("سبع سبعه", 7),
        ("ثمان ثماني ثمانيه", 8),
        ("تسع تسعه", 9),
    )
    for word in words.split()
}

TEEN_UNITS_AR: Mapping[str, int] = {
    "احد": 1,
    "احدي": 1,
    "اثنا": 2,
    "اثني": 2,
    "اثنتا": 2,
    "اثنتي": 2,
}
"""Words that are numbers only before "ten", as in eleven and twelve."""

TEN_AR = frozenset({"عشر", "عشره"})

TENS_AR: Mapping[str, int] = {
    stem + ending: value
    for stem, value in (
        ("عشر", 20),
        ("ثلاث", 30),
        ("اربع", 40),
        ("خمس", 50),
        ("ست", 60),
        ("سبع", 70),
        ("ثمان", 80),
        ("تسع", 90),
    )
    for ending in ("ون", "ين")
}

HUNDRED_AR = frozenset({"ميه", "مايه"})

HUNDREDS_AR: Mapping[str, int] = {
    **dict.fromkeys(("ميتان", "ميتين", "مايتان", "مايتين", "ميتا", "ميتي", "مايتا"), 200),
    "مايتي": 200,
    **{
        stem + hundred: value
        for stem, value in (
            ("ثلاث", 300),
            ("ثلث", 300),
            ("اربع", 400),
            ("خمس", 500),
            ("ست", 600),
            ("سبع", 700),
            ("ثمان", 800),
            ("ثماني", 800),
            ("تسع", 900),
        )
        for hundred in HUNDRED_AR
    },
}

DUAL_SCALES_AR: Mapping[str, int] = {
    **dict.fromkeys(("الفان", "الفين", "الفا", "الفي"), 1000),
    **dict.fromkeys(("مليونان", "مليونين"), 10**6),
}
"""Two thousand and two million in one word; the first word that has no number before it."""

_DUAL_STEMS = _list(
    "طفل رجل شخص قتيل شهيد جندي شاب عنصر طبيب شقيق طالب جريح ولد صديق ضابط عامل قائد سائق حارس "
    "مدني مسعف مقاتل مسلح صحفي صحافي اعلامي ناشط مواطن معلم مدرس ممرض نازح مزارع متطوع"
)
_SOUND_PLURALS = frozenset(
    _list("مدني مسعف مقاتل مسلح صحفي صحافي اعلامي ناشط مواطن معلم مدرس ممرض نازح مزارع متطوع")
)
_DUAL_FEMININE = _list("امرا طفل سيد ضحي جث فتا ممرض شقيق عايل اسر مواطن معلم طالب")

DUALS_AR: frozenset[str] = frozenset(
    [f"{stem}ان" for stem in _DUAL_STEMS]
    + [f"{stem}ين" for stem in _DUAL_STEMS if stem not in _SOUND_PLURALS]
    + [f"{stem}{ending}" for stem in _DUAL_FEMININE for ending in ("تان", "تين")]
)
"""Words for people that say "two" by their ending alone."""

DUAL_OR_PLURAL_AR: frozenset[str] = frozenset(f"{stem}ين" for stem in _SOUND_PLURALS)
"""The same where the written form may also be the plural."""

PER_CENT = frozenset({"بالميه", "بالمايه", "الميه", "المايه"})
NOT_NUMBERS = frozenset({"لست", "الاثنين"})
"""Words that look like a number with a prefix and are another word ("I am not", Monday)."""

MEASURES = frozenset(
    _list(
        "seconds minutes hours days weeks months years hour day week month am pm per percent "
        "km kilometre kilometres kilometer kilometers metre metres meter meters mile miles "
        "ثواني دقيقه دقايق ساعه ساعات يوم يوما ايام اسبوع اسبوعا اسابيع شهر شهرا اشهر شهور "
        "سنه سنوات عام عاما اعوام متر مترا امتار كيلومتر كيلومترا كيلومترات كلم كم بالميه بالمايه"
    )
)
"""Words after a number that does not count people ("16-year-old" does stand for a person)."""

LABELS = frozenset(
    _list("resolution article chapter paragraph page no قرار ماده فصل فقره صفحه رقم")
)
"""Words before a number that names something."""

MONTHS = frozenset(
    _list(
        "january february march april may june july august september october november december "
        "jan feb mar apr jun jul aug sep sept oct nov dec "
        "شباط اذار نيسان ايار حزيران تموز اب ايلول "
        "يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر "
        "محرم صفر رجب شعبان رمضان شوال"
    )
)
MONTH_PAIRS = frozenset(
    {
        ("كانون", "الاول"),
        ("كانون", "الثاني"),
        ("تشرين", "الاول"),
        ("تشرين", "الثاني"),
        ("ربيع", "الاول"),
        ("ربيع", "الثاني"),
    }
)
