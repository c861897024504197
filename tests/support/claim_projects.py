"""A small codebook of claims with a check of every kind, for tests of sessions and screens."""

CHECKED = """\
codebook: checked
version: 1.0.0
title: Claims with checks
units:
  claim:
    in: passage
    label: Claim
    evidence: required
    none:
      - {id: context, label: Context only, key: c}
      - {id: unreadable, label: Unreadable, key: u}
  act: {in: claim, label: Act}
  source: {in: claim, label: Source}
variables:
  - id: kind
    label: Kind
    question: What happened to the people?
    unit: claim
    type: code
    required: true
    codes:
      - {id: killing, label: Killed, key: k}
      - {id: injury, label: Injured, key: i}
      - {id: denial, label: Denied, key: d}
  - id: total
    label: Total
    question: How many people?
    unit: claim
    type: count
    default: {state: not_stated}
  - id: children
    label: Children
    question: How many of them were children?
    unit: claim
    type: count
    when: {kind: [killing, injury]}
  - id: mode
    label: Mode
    question: How do the acts belong together?
    unit: claim
    type: code
    required: true
    default: single
    codes:
      - {id: single, label: One act, key: s}
      - {id: pooled, label: One number for several, key: p}
  - {id: day, label: Day, question: On which day?, unit: claim, type: date}
  - id: roles
    label: Roles
    question: Which roles are named?
    unit: claim
    type: codes
    codes: [{id: medical, label: Medical, key: m}, {id: aid, label: Aid, key: a}]
  - {id: part_of, label: Part of, question: Part of which?, unit: claim, type: link, to: claim}
  - id: perpetrator
    label: Perpetrator
    question: Who does this claim say did it?
    unit: act
    type: code
    required: true
    codes:
      - {id: rus, label: Russian forces, key: r}
      - {id: heli, label: Helicopters of the state, key: h}
      - {id: border, label: Border guards, key: b}
      - {id: unk, label: Not named, key: u}
  - id: cause
    label: Cause
    question: By what means?
    unit: act
    type: code
    required: true
    codes:
      - {id: air, label: Air strike, key: a}
      - {id: barrel, label: Barrel bomb, key: b}
      - {id: mine, label: Mine, key: m}
      - {id: gun, label: Gunfire, key: g}
  - id: attribution
    label: Attribution
    question: How sure is the source?
    unit: act
    type: code
    required: true
    default: firm
    codes:
      - {id: firm, label: Firm, key: f}
      - {id: inferred, label: Inferred, key: i}
      - {id: none, label: None, key: n}
  - id: source_type
    label: Source type
    question: Who makes this claim?
    unit: source
    type: code
    required: true
    default: publisher
    codes: [{id: publisher, label: Publisher, key: p}, {id: party, label: Party, key: b}]
checks:
  - id: E7
    error: A denial carries no numbers
    unit: claim
    when: {kind: denial, total: {state: stated}}
  - id: W1
    warn: Children together exceed the total
    unit: claim
    test: parts_exceed
    with: {total: total, parts: [children]}
  - id: W3
    warn: Border guards are not known to have used this weapon
    unit: act
    when: {perpetrator: border}
    unless: {cause: gun}
  - id: I1
    confirm: Does the passage itself say who laid the mine
    unit: act
    when: {cause: mine}
    unless: {perpetrator: unk}
  - id: S1
    offer: A barrel bomb whose operator is not named implies helicopters of the state
    unit: act
    when:
      - {cause: barrel, perpetrator: unk}
      - {cause: barrel, perpetrator: heli, attribution: inferred}
    give: {perpetrator: heli, attribution: inferred}
  - id: S2
    offer: With nobody named there is no attribution
    unit: act
    when: {perpetrator: unk}
    unless: {attribution: none}
    give: {attribution: none}
"""
"""Claims, acts and sources; a first question to pick in each, so that one key adds a record."""
