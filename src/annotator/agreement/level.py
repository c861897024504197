"""Levels of measurement: what the values of a variable are, and so how far apart they lie."""

from enum import StrEnum

from annotator.errors import AnnotatorError


class Level(StrEnum):
    """Level of measurement of a variable (Krippendorff 2018, chapter 12; Passonneau 2006 for sets).

    `circular` values lie on a circle (hours, months); `set` values are sets of codes.
    """

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"
    CIRCULAR = "circular"
    SET = "set"

    @classmethod
    def named(cls, name: "Level | str") -> "Level":
        """The level of this name.

        Raises:
            AnnotatorError: There is no such level.
        """
        try:
            return cls(name)
        except ValueError:
            known = ", ".join(cls)
            raise AnnotatorError(
                f"There is no level of measurement “{name}”; choose one of {known}."
            ) from None


class SetDistance(StrEnum):
    """Distance between two sets: MASI (Passonneau 2006) or Jaccard (1901)."""

    MASI = "masi"
    JACCARD = "jaccard"

    @classmethod
    def named(cls, name: "SetDistance | str") -> "SetDistance":
        """The distance of this name.

        Raises:
            AnnotatorError: There is no such distance.
        """
        try:
            return cls(name)
        except ValueError:
            known = ", ".join(cls)
            raise AnnotatorError(
                f"There is no distance between sets named “{name}”; choose one of {known}."
            ) from None
