"""What a bootstrap leaves behind: the values of a coefficient over its draws."""

from dataclasses import dataclass

from annotator.agreement.distance import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Replicates:
    """The values of a coefficient over the draws of a bootstrap.

    Attributes:
        values: The values that are defined, in the order drawn.
        n_undefined: How many draws had none and were dropped.
        seed: Of the draws.
    """

    values: Floats
    n_undefined: int
    seed: int

    @property
    def n_drawn(self) -> int:
        """How many draws there were."""
        return self.values.size + self.n_undefined

    def share_below(self, threshold: float) -> float | None:
        """The share of defined values below a threshold; None without any."""
        return float((self.values < threshold).mean()) if self.values.size else None
