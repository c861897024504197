"""Numbers in passages: digits and words of English and Arabic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.coding.folding import places_of, tokens
from annotator.coding.numbers import Written, numbers_in


def exact(text: str) -> list[int]:
    return [one.low for one in numbers_in(text) if one.high is not None]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,204 civilian deaths, 318 children", [1204, 318]),
        ("21 452 people", [21452]),
        ("21.452 people", [21452]),
        ("٢١٬٤٥٢ مدنياً", [21452]),
        ("۴۵ نفر", [45]),
        ("Between 10 and 15 people", [10, 15]),
        ("10-15 people", [10, 15]),
        ("Thirty civilians: 18 men and six children", [30, 18, 6]),
        ("twenty-five, twenty five", [25, 25]),
        ("one hundred and twenty-five", [125]),
        ("between one hundred and two hundred", [100, 200]),
        ("two thousand five hundred", [2500]),
        ("a hundred, a thousand, half a million", [100, 1000, 500000]),
        ("a dozen, two dozen, half a dozen", [12, 24, 6]),
        ("17 thousand, 17k, 1.5 million, 1.250 million", [17000, 17000, 1500000, 1250000]),
        ("17 thousand and 200 wounded", [17000, 200]),
        ("three and four", [3, 4]),
        ("the 21st of December", []),
        ("the third strike", []),
        ("قُتل ستة مدنيين", [6]),
        ("نحو ثلاثين", [30]),
        ("خمسة وعشرون مدنياً", [25]),
        ("أحد عشر شخصاً واثنا عشر طفلاً", [11, 12]),
        ("ثلاث عشرة امرأة", [13]),
        ("مئة وخمسة", [105]),
        ("مئتان وثلاثة عشر", [213]),
        ("ثلاثمئة وأربعون", [340]),
        ("خمس مئة", [500]),
        ("17 ألفاً", [17000]),
        ("6 آلاف و9 آلاف", [6000, 9000]),
        ("ألفا شخص", [2000]),
        ("ألفان وثلاثمئة وخمسة وعشرون", [2325]),
        ("ثلاثة آلاف وأربعمئة", [3400]),
        ("مليون وخمسمئة ألف", [1500000]),
        ("نصف مليون", [500000]),
        ("ثلاثة وأربعة", [3, 4]),
        ("مقتل طفلين وامرأتين", [2, 2]),
        ("بثلاثة صواريخ", [3]),
        ("يوم الاثنين، لست", []),
        ("في الثالث من شباط", []),
    ],
)
def test_numbers_are_read(text: str, values: list[int]) -> None:
    assert exact(text) == values


@pytest.mark.parametrize(
    ("text", "floor"),
    [
        ("dozens of people", 12),
        ("tens of thousands", 10_000),
        ("several hundred", 300),
        ("a couple of men", 2),
        ("عشرات القتلى", 10),
        ("عشرات الآلاف", 10_000),
        ("بضعة أشخاص", 3),
        ("مقتل مدنيين", 2),
    ],
)
def test_vague_words_have_only_a_floor(text: str, floor: int) -> None:
    assert [(one.low, one.high) for one in numbers_in(text)] == [(floor, None)]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("in 2016", Written.CALENDAR),
        ("on 3 May", Written.CALENDAR),
        ("May 3", Written.CALENDAR),
        ("3 شباط", Written.CALENDAR),
        ("9 كانون الأول", Written.CALENDAR),
        ("2016-03-04", Written.CALENDAR),
        ("12:30", Written.CALENDAR),
        ("after 12 days", Written.OTHER),
        ("40% of homes", Written.OTHER),
        ("40 بالمئة", Written.OTHER),
        ("resolution 2254", Written.OTHER),
        ("12 people", Written.NUMBER),
        ("2,016 people", Written.NUMBER),
        ("a 16-year-old", Written.NUMBER),
    ],
)
def test_numbers_that_count_no_people_are_told_apart(text: str, written: Written) -> None:
    assert {one.written for one in numbers_in(text)} == {written}


def test_offsets_are_those_of_the_text_with_its_vowel_signs() -> None:
    text = "سقط ثَلاثَةٌ وَعِشْرُون قتيلاً"
    (number,) = numbers_in(text)
    assert text[number.start : number.end] == "ثَلاثَةٌ وَعِشْرُون"
    assert number.low == 23


SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
SMALL += " fifteen sixteen seventeen eighteen nineteen"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


def in_english(number: int) -> str:
    """A number below a million in words."""
    if number >= 1000:
        rest = f" {in_english(number % 1000)}" if number % 1000 else ""
        return f"{in_english(number // 1000)} thousand{rest}"
    if number >= 100:
        rest = f" and {in_english(number % 100)}" if number % 100 else ""
        return f"{SMALL.split()[number // 100]} hundred{rest}"
    if number >= 20:
        rest = f"-{SMALL.split()[number % 10]}" if number % 10 else ""
        return f"{TENS.split()[number // 10 - 2]}{rest}"
    return SMALL.split()[number]


UNITS_AR = ["", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"]
TENS_AR = ["عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
HUNDREDS_AR = [
    "مئة",
    "مئتان",
    "ثلاثمئة",
    "أربعمئة",
    "خمسمئة",
    "ستمئة",
    "سبعمئة",
    "ثمانمئة",
    "تسعمئة",
]


def in_arabic(number: int) -> str:
    """A number below a million in words, as a newspaper writes it."""
    parts = []
    thousands, number = divmod(number, 1000)
    if thousands == 1:
        parts.append("ألف")
    elif thousands == 2:
        parts.append("ألفان")
    elif thousands:
        parts.append(f"{in_arabic(thousands)} {'آلاف' if thousands < 11 else 'ألفاً'}")
    hundreds, rest = divmod(number, 100)
    if hundreds:
        parts.append(HUNDREDS_AR[hundreds - 1])
    tens, units = divmod(rest, 10)
    if rest == 10:
        parts.append("عشرة")
    elif 10 < rest < 20:
        parts.append(f"{['أحد', 'اثنا', *UNITS_AR[3:]][units - 1]} عشر")
    else:
        if units:
            parts.append(UNITS_AR[units])
        if tens:
            parts.append(TENS_AR[tens - 2])
    return " و".join(parts)


@given(st.integers(1, 999_999))
def test_every_english_number_word_comes_back(number: int) -> None:
    assert exact(f"About {in_english(number)} people") == [number]


@given(st.integers(1, 999_999))
def test_every_arabic_number_word_comes_back(number: int) -> None:
    assert exact(f"مقتل نحو {in_arabic(number)} شخص") == [number]


@given(st.integers(0, 10**9))
def test_every_number_in_digits_comes_back(number: int) -> None:
    arabic = str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert exact(f"x {number:,} y") == exact(f"x {number} y") == exact(f"س {arabic} ص") == [number]


@given(st.text(max_size=80))
def test_any_text_gives_numbers_in_order_that_stand_in_it(text: str) -> None:
    last = 0
    for number in numbers_in(text):
        assert last <= number.start < number.end <= len(text)
        last = number.end


def test_words_of_a_list_are_found_with_endings_prefixes_and_as_phrases() -> None:
    among = tokens("They LOST their lives; killings, والقُتلى and skill.")
    hits = places_of(["lost their lives", "kill*", "قتلى"], among)
    assert [among[first].word for first, _ in hits] == ["lost", "killings", "والقتلي"]
