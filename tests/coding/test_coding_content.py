from coding_books import CLAIMS, codings
from hypothesis import given

from annotator.coding.content import content, read_content
from annotator.coding.form import to_form
from annotator.coding.model import Coding


@given(codings(CLAIMS))
def test_what_a_coding_says_is_written_and_read_without_loss(coding: Coding) -> None:
    said = content(to_form(coding), CLAIMS)
    assert read_content(said.written()) == said
    assert read_content(said.written()).written() == said.written()
