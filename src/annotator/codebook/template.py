"""A first codebook to start from, with comments that teach the format."""

import json

from annotator.codebook.reader import parse_codebook

_TEMPLATE = """\
# A codebook: the questions coders answer about each passage, and the answers they choose from.
# Lines that begin with # are notes. Put text in "quotes" if it holds a colon, a comma inside
# [brackets], or is a bare number, date, yes, no, on or off.
# `annotator codebook check FILE` names every mistake with its line.
codebook: {id}
# Raise the third number for new wording, the second for added codes, the first when a code
# is split, merged or given another meaning.
version: 0.1.0
title: {title}
description: >-
  Say here what is coded and what is not.
variables:
  # code: exactly one of the codes.
  - id: death
    question: Does the passage say that someone was killed?
    type: code
    required: true
    codes:
      - id: killed
        label: Someone was killed
        key: k  # the key that picks this code
        definition: The passage says that at least one person is dead.
        include: Any death that is reported, whoever died and whoever is blamed.
        exclude: "People who are missing or feared dead: nobody."
        examples:
          - Two people died when shells fell on the village.
      - id: nobody
        label: Nobody
        key: o
        definition: The passage reports no death.

  # codes: any number of the codes, also none of them. This question is asked only when
  # the answer above is killed.
  - id: perpetrator
    question: Who does the passage say did it?
    type: codes
    required: true
    when: {{death: killed}}
    codes:
      - id: state
        label: State forces
        key: s
        definition: Any armed or security force of the state.
      # parent puts a code below a broader one; choose the finest the words support.
      - {{id: state_air, label: State air force, key: a, parent: state}}
      - id: group
        label: Armed group
        key: g
        definition: Any armed group that is not part of a state.
      - id: unknown
        label: Unknown
        key: u
        definition: Nobody is blamed who can be identified.

  # count: a number of people as it is claimed: 9, ~30, 12+, <=40, 10-15.
  - id: number_killed
    question: How many people does the passage say were killed?
    type: count
    when: {{death: killed}}
    default: {{state: not_stated}}

# A passage may report several killings. To code each one by itself, name a repeating unit and
# give the variables that are about it `unit: killing`:
#
# units:
#   killing:
#     in: passage
#     evidence: required
#     none:
#       - {{id: no_killing, label: No killing is reported, key: "n"}}
"""


def new_codebook(id: str, title: str) -> str:  # noqa: A002 (the field's own name)
    """The text of a small, valid codebook with notes on what to change.

    Args:
        id: Id of the codebook: small letters, digits and `-`.
        title: Its title.

    Returns:
        YAML text that `parse_codebook` reads.

    Raises:
        CodebookErrors: The id or the title cannot be used.
    """
    # A JSON string is a YAML string in double quotes, whatever it holds.
    text = _TEMPLATE.format(id=json.dumps(id), title=json.dumps(title, ensure_ascii=False))
    parse_codebook(text, "new codebook")
    return text
