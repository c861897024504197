"""Why a coder may give a passage back."""

from enum import StrEnum


class SkipReason(StrEnum):
    """Why a passage goes back to the lead; none of these is held against anyone."""

    GRAPHIC = "graphic"
    LANGUAGE = "language"
    CONFLICT = "conflict"
    UNREADABLE = "unreadable"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The reason in words, for a screen."""
        return _WORDS[self]


_WORDS = {
    SkipReason.GRAPHIC: "too graphic",
    SkipReason.LANGUAGE: "not in my language",
    SkipReason.CONFLICT: "conflict of interest",
    SkipReason.UNREADABLE: "text unreadable",
    SkipReason.OTHER: "other",
}
