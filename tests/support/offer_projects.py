"""A small codebook whose questions are offered words of every kind, and passages for it."""

OFFERS = """\
codebook: offers
version: 1.0.0
title: Claims with candidates
units:
  claim:
    in: passage
    label: Claim
    evidence: required
    none: [{id: context, label: Context only, key: c}]
  act: {in: claim, label: Act}
variables:
  - id: topics
    label: Topics
    question: What is it about?
    type: codes
    codes:
      - {id: raid, label: Raid, key: r, cues: {en: [raid, warplanes]}}
      - {id: siege, label: Siege, key: s, cues: {en: siege}}
  - {id: sure, label: Sure, question: Is it confirmed?, type: yes_no, cues: {en: confirmed}}
  - id: kind
    label: Kind
    question: What happened?
    unit: claim
    type: code
    required: true
    codes:
      - {id: killing, label: Killed, key: k, cues: {en: [killed, died], ar: قتل}}
      - {id: injury, label: Injured, key: i, cues: {en: wounded, ar: جرح}}
  - id: total
    label: Total
    question: How many?
    unit: claim
    type: count
    default: {state: not_stated}
    cues: {en: [people, killed, wounded], ar: [شخص, قتل]}
  - id: children
    label: Children
    question: How many children?
    unit: claim
    type: count
    cues: {en: [child, children], ar: [طفل, طفلان, أطفال]}
  - {id: place, label: Place, question: Where?, unit: claim, type: text, candidates: places}
  - {id: day, label: Day, question: When?, unit: claim, type: date}
  - {id: voice, label: Voice, question: Who says so?, unit: claim, type: text, evidence: none,
     cues: {en: the council}}
  - id: party
    label: Party
    question: Who did it?
    unit: act
    type: code
    required: true
    codes:
      - {id: army, label: Army, key: a, cues: {en: [the army, army]}}
      - {id: group, label: Group, key: g, cues: {en: the group}}
  - id: means
    label: Means
    question: By what means?
    unit: act
    type: code
    codes:
      - {id: shell, label: Shells, key: s, cues: {en: shells}}
      - {id: mine, label: Mines, key: m, cues: {en: mines}}
"""

OFFERED = (
    "At least 12 people, among them three children, were killed in Tal Amrit on Tuesday by shells "
    "of the army and mines of the group, the council confirmed. A raid wounded 30 people in Tal "
    "Sus the next day, and the siege went on.",
    "قتل ٩ أشخاص بينهم طفلان في مدينة تل عمريت في 20 كانون الأول 2016.",
    "It rained.",
)
"""Invented; the report is dated 2016-12-21, a Wednesday."""
