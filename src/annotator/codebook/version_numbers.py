"""Version numbers of codebooks, and which number a change needs (Semantic Versioning 2.0.0)."""

from enum import IntEnum

from annotator.codebook.model import Codebook

Version = tuple[int, int, int]


class Level(IntEnum):
    """How much a codebook changed, as its version number says it; a greater one is more."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    @property
    def word(self) -> str:
        """`none`, `patch`, `minor` or `major`."""
        return self.name.lower()


def parts_of(version: str) -> Version:
    """The three numbers of `MAJOR.MINOR.PATCH`, so that later versions compare as greater.

    Raises:
        ValueError: The text is no such version.
    """
    major, minor, patch = (int(part) for part in version.split("."))
    return major, minor, patch


def version_of(codebook: Codebook) -> Version:
    """The version of a codebook as three numbers."""
    return parts_of(codebook.version)


def raised(version: str, level: Level) -> str:
    """The next version after one, at a level; the same version where nothing changed."""
    major, minor, patch = parts_of(version)
    match level:
        case Level.MAJOR:
            return f"{major + 1}.0.0"
        case Level.MINOR:
            return f"{major}.{minor + 1}.0"
        case Level.PATCH:
            return f"{major}.{minor}.{patch + 1}"
        case Level.NONE:
            return version
