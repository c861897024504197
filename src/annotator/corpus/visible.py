"""Text from outside, made safe to show: what cannot be seen is spelled out.

A terminal obeys control characters and reorders text by bidirectional ones, and neither Rich nor
Textual takes them out. Everything that came from a file, a name or an error message passes
`visible` where it is shown; stored text keeps its characters.
"""

import json
import re

_SPELLED_OUT = (
    "\x00-\x09\x0b-\x1f\x7f-\x9f"  # C0 but for the line feed, DEL, C1
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"
    "\u115f\u1160\u3164\uffa0"  # letters that show nothing
    "\ud800-\udfff"  # lone surrogates
    "\ue000-\uf8ff\U000f0000-\U0010ffff"  # private use: no two fonts agree on them
    "\ufdd0-\ufdef\ufffe\uffff"  # noncharacters
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"  # tags and further variation selectors, which can hide whole texts
)
_UNSEEN = re.compile(f"[{_SPELLED_OUT}]")
_LINE_FEED = "\u240a"


def _spelled(character: str, running: bool) -> str:
    number = ord(character)
    if running and character == "\t":
        return " "
    if number < 0x20:
        return chr(0x2400 + number)
    if number == 0x7F:
        return "\u2421"
    if number < 0xA0:
        return f"\\x{number:02x}"
    return f"<U+{number:04X}>"


def visible(text: str, *, newlines: bool = False) -> str:
    r"""Return the text with every control, format and otherwise unseen character spelled out.

    C0 controls and DEL become their pictures (U+2400 and on), C1 controls `\x9b`, everything else
    its number: `<U+202E>`. That covers bidirectional and other format characters, line and
    paragraph separators, lone surrogates, the tags block, private use and noncharacters. Zero-width
    joiner and non-joiner stay, for words are spelled with them; so do the Arabic number signs,
    which are format characters that show. Code points no Unicode version has assigned stay too.
    Doing it twice changes nothing more.

    Args:
        text: Any string, as long as need be.
        newlines: Whether this is running text: line feeds then stay line breaks and a tab becomes
            one space. Otherwise (a name, one line of a message) both are spelled out.
    """
    if _UNSEEN.search(text) is not None:
        text = _UNSEEN.sub(lambda match: _spelled(match[0], newlines), text)
    return text if newlines else text.replace("\n", _LINE_FEED)


def visible_json(text: str) -> str:
    r"""Return JSON text with every such character as the escape that stands for it: `\u202e`.

    What reads the JSON gets the same data; a terminal that shows it, or a file that must be UTF-8
    and is given a lone surrogate, gets no raw one.

    Args:
        text: JSON in which line feeds stand between values only.
    """
    if _UNSEEN.search(text) is None:
        return text
    return _UNSEEN.sub(lambda match: json.dumps(match[0])[1:-1], text)
