"""Words of dates in English and Arabic, in the folded form of `annotator.coding.folding`.

Months in Arabic have two sets of names: those of Syria and its neighbours (كانون الأول) and those
of Egypt and the Gulf (ديسمبر).
"""

from collections.abc import Mapping


def _numbered(words: str, first: int = 1) -> dict[tuple[str, ...], int]:
    """Names in order, parted by commas, those of one thing by bars; each with its number."""
    return {
        tuple(name.split()): number
        for number, names in enumerate(words.split(", "), first)
        for name in names.split("|")
    }


MONTHS_EN = _numbered(
    "january|jan, february|feb, march|mar, april|apr, may, june|jun, july|jul, august|aug, "
    "september|sep|sept, october|oct, november|nov, december|dec"
)
MONTHS_AR = _numbered(
    "كانون الثاني|يناير, شباط|فبراير, اذار|مارس, نيسان|ابريل, ايار|مايو, حزيران|يونيو, "
    "تموز|يوليو, اب|اغسطس, ايلول|سبتمبر, تشرين الاول|اكتوبر, تشرين الثاني|نوفمبر, "
    "كانون الاول|ديسمبر"
)
MONTHS: Mapping[tuple[str, ...], int] = MONTHS_EN | MONTHS_AR

WEEKDAYS: Mapping[tuple[str, ...], int] = {
    **_numbered("monday, tuesday, wednesday, thursday, friday, saturday, sunday", 0),
    **_numbered("الاثنين, الثلاثاء, الاربعاء, الخميس, الجمعه, السبت, الاحد", 0),
}
"""Days of the week, Monday 0, as `datetime.date.weekday` counts them."""

DAYS_BACK: Mapping[tuple[str, ...], int] = {
    tuple(phrase.split()): days
    for days, phrases in (
        (
            0,
            "today, tonight, this morning, this afternoon, this evening, "
            "اليوم, الليله, هذا الصباح, هذا المساء",
        ),
        (1, "yesterday, last night, امس, البارحه, ليله امس"),
        (2, "the day before yesterday, day before yesterday, اول امس, امس الاول, قبل يومين"),
    )
    for phrase in phrases.split(", ")
}
"""Words that count days back from the day of the report."""

PERIODS: Mapping[tuple[str, ...], tuple[str, int]] = {
    ("this", "month"): ("month", 0),
    ("last", "month"): ("month", 1),
    ("this", "year"): ("year", 0),
    ("last", "year"): ("year", 1),
    ("الشهر", "الجاري"): ("month", 0),
    ("الشهر", "الحالي"): ("month", 0),
    ("هذا", "الشهر"): ("month", 0),
    ("الشهر", "الماضي"): ("month", 1),
    ("الشهر", "الفايت"): ("month", 1),
    ("العام", "الجاري"): ("year", 0),
    ("العام", "الحالي"): ("year", 0),
    ("هذا", "العام"): ("year", 0),
    ("العام", "الماضي"): ("year", 1),
    ("العام", "الفايت"): ("year", 1),
}
"""Months and years counted back from that of the report."""

ORDINAL = frozenset({"st", "nd", "rd", "th"})
OF = frozenset({"of", "من", "شهر"})
"""Words between a day and its month."""

BEFORE_YEAR = frozenset({"of", "من", "عام", "لعام", "سنه", "لسنه"})
"""Words between a month and its year."""

NAMES_YEAR = frozenset(
    {"in", "since", "during", "year", "في", "خلال", "عام", "العام", "سنه", "لعام", "منذ"}
)
"""Words before a year that stands alone."""

OTHER_WORDS = frozenset({"اب", "مارس"})
"""Arabic months that are other words too ("father", "he did")."""

NAMES_MONTH = frozenset(
    {
        *("in", "since", "during", "until", "of", "last", "early", "mid", "late"),
        *("شهر", "في", "منذ", "خلال", "حتي", "مطلع", "منتصف", "اوايل", "اواخر", "بدايه", "نهايه"),
    }
)
"""Words before a month that stands alone, without which "may" is no month."""

SINCE = frozenset({"since", "منذ"})
BETWEEN = frozenset({"between", "from", "بين", "من"})
TO = frozenset({"to", "until", "till", "through", "الي", "حتي", "لغايه"})
AND = frozenset({"and", "و"})
LAST = frozenset({"last", "الماضي", "الفايت"})
NEXT = frozenset({"next", "القادم", "المقبل"})
NAMED = frozenset(phrase[0] for table in (MONTHS, WEEKDAYS, DAYS_BACK, PERIODS) for phrase in table)
"""The first words of everything above that names a time."""

FILLERS = frozenset({"the", "on", "يوم", "في", "الموافق"})
"""Words between two ways of naming one day: "on Wednesday the 21st of December"."""
