"""Records of repeating units in the session, and what the codebook's checks say of them."""

from dataclasses import replace

from annotator.codebook.model import CheckKind, EvidenceRule, Unit
from annotator.coding import change
from annotator.coding.checks import Finding
from annotator.coding.model import Span, with_record
from annotator.work.answering import Answering
from annotator.work.focus import Change
from annotator.work.outline import RowKind, outline
from annotator.work.pending import first_at, pending
from annotator.work.refusals import no_record


class Recording(Answering):
    """The part of a coding session that adds, moves and checks records."""

    # --- records ---------------------------------------------------------------------------------
    def addable_units(self) -> tuple[tuple[Unit, str], ...]:
        """The units a record can be added of from here, innermost first, each with its parent."""
        found: list[tuple[Unit, str]] = []
        record_id = self.row.record
        while True:
            unit_id = self.coding.record(record_id).unit
            found.extend((unit, record_id) for unit in self.codebook.units_in(unit_id))
            if not record_id:
                return tuple(found)
            record_id = self.coding.parent_of(record_id)

    def add_record(self, unit_id: str, span: Span | None = None) -> Change:
        """Add a record of a unit to the record in focus, or to the nearest one around it.

        Args:
            unit_id: The unit.
            span: The marked words, which the record then stands on.
        """
        if (stuck := self.leave_entry()) is not None:
            return stuck
        for unit, parent in self.addable_units():
            if unit.id == unit_id:
                coding, new = change.add_record(self.coding, self.codebook, unit_id, parent)
                here = self._at((new, ""))
                if span is not None and unit.evidence is not EvidenceRule.NONE:
                    coding = with_record(coding, replace(coding.record(new), evidence=(span,)))
                    here = self._following(coding, here)
                elif unit.evidence is not EvidenceRule.REQUIRED:
                    here = self._following(coding, here)
                return self._save(coding, f"{unit.label} added", focus=here)
        return Change("The codebook has no repeating unit to add here.", refused=True)

    def copy_record(self) -> Change:
        """Add a copy of the record in focus after it, without its words.

        On a line that adds a record, the last one of its unit is copied.
        """
        row = self.row
        original = row.record
        if row.kind is RowKind.ADD:
            others = self.coding.record(row.record).records
            same = [other.id for other in others if other.unit == row.unit.id]
            original = same[-1] if same else ""
        if not original:
            return Change("There is no record here to copy.", refused=True)
        if (stuck := self.leave_entry()) is not None:
            return stuck
        coding, new = change.copy_record(self.coding, self.codebook, original)
        return self._save(coding, f"{row.unit.label} copied", focus=self._at((new, "")))

    def shift_record(self, step: int) -> Change:
        """Move the record in focus before (−1) or after (+1) its neighbour."""
        row = self.row
        if not row.record:
            return Change(no_record(row, "move"), refused=True)
        coding = change.shift_record(self.coding, row.record, step)
        if coding == self.coding:
            end = "last" if step > 0 else "first"
            return Change(f"This is the {end} {row.unit.label.lower()} already.", refused=True)
        return self._save(coding, f"{row.unit.label} moved")

    def remove_record(self) -> Change:
        """Take away the record in focus and all that lies in it."""
        row = self.row
        if not row.record:
            return Change(no_record(row, "remove"), refused=True)
        parent = self.coding.parent_of(row.record)
        coding = change.remove_record(self.coding, self.codebook, row.record)
        rows = outline(coding, self.codebook)
        place = next((other.place for other in rows if other.record == parent), rows[0].place)
        return self._save(coding, f"{row.unit.label} removed", focus=self._at(place))

    # --- checks ----------------------------------------------------------------------------------
    def finding_here(self, *kinds: CheckKind) -> Finding | None:
        """The first finding that the coder may deal with where they are (`pending.first_at`).

        Args:
            kinds: The kinds of check that are asked for; none named, all are.
        """
        return first_at(self.row.record, pending(self.findings), self.coding, kinds)

    def standing_here(self) -> Finding | None:
        """The first finding that the coder let stand where they are."""
        stand = [one for one in self.findings if one.overridden]
        return first_at(self.row.record, stand, self.coding)

    @property
    def doubted(self) -> frozenset[str]:
        """The ids of the records that have findings to be dealt with."""
        return frozenset(one.record for one in pending(self.findings))

    def override(self, finding: Finding, reason: str) -> Change:
        """Let a warning or a question stand, for a reason that is kept; an empty one takes it back.

        An error cannot stand, an offer needs no reason to be left alone.
        """
        if finding.check.kind not in (CheckKind.WARN, CheckKind.CONFIRM):
            return Change(f"{finding.check.id} cannot be overridden.", refused=True)
        coding = change.set_override(self.coding, finding.check.id, finding.record, reason)
        what = f"stands: {reason.strip()}" if reason.strip() else "speaks again"
        return self._save(coding, f"{finding.check.id} {what}")

    def take_offer(self, finding: Finding) -> Change:
        """Answer as an offer implies; the answers are marked inferred for good."""
        if finding.check.kind is not CheckKind.OFFER:
            return Change(f"{finding.check.id} offers nothing to take.", refused=True)
        coding = change.take_offer(self.coding, self.codebook, finding.record, finding.offer)
        return self._save(coding, f"{finding.check.id} taken")
