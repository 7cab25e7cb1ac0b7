# ruff: noqa: E501 - a legend stands as it was written
"""Legends of our own making, one of each shape that the world's releases have.

`BODY` goes before each: a release in which nothing is cautionary. The labels are the words of each
part, in order, each of which stands in the legend.
"""

from __future__ import annotations

from dataclasses import dataclass, field

BODY = """Orrin Vale Corp.

Orrin Vale reports on its second quarter

Halden, 4 August 2020 - Orrin Vale Corp. said that the Kestrel works are open. Kestrel is to reach
full output by the end of 2020. The risks of winter work are known to us, and the crew is careful.

"""


@dataclass(frozen=True)
class Example:
    """A legend and what it says, part by part."""

    text: str
    items: list[str] = field(default_factory=list)
    general: list[str] = field(default_factory=list)
    risks: list[str] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)
    identifications: list[str] = field(default_factory=list)
    no_update: list[str] = field(default_factory=list)
    exchange: list[str] = field(default_factory=list)
    cues: list[str] = field(default_factory=list)
    statutes: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)


EXAMPLES = {
    "canadian, four paragraphs": Example(
        """FORWARD-LOOKING INFORMATION

Certain statements in this release constitute forward-looking information within the meaning of applicable Canadian securities laws. All statements other than statements of historical fact are forward-looking information and include, without limitation, statements about strategy, plans, and general prospects of the business.

Forward-looking information in this release includes, but is not limited to, statements with respect to: full output at Kestrel by the end of 2020; if the permit is granted, the start of work at Merlin in spring 2021 and our plans to sell the old mill; and the size of the dividend.

In making these statements, we have made assumptions regarding, among other things: the price of copper; the supply of power to Kestrel; and our ability to hire.

Actual results may differ materially as a result of risks and uncertainties including: fire at Kestrel; strikes; and other factors set out in our Annual Information Form.

Except as required by law, Orrin Vale undertakes no obligation to update this information.

Neither the Northern Venture Exchange nor its regulation services provider accepts responsibility for the adequacy or accuracy of this release.
""",
        items=[
            "full output at Kestrel by the end of 2020",
            "if the permit is granted, the start of work at Merlin in spring 2021",
            "our plans to sell the old mill",
            "the size of the dividend",
        ],
        general=["strategy", "plans", "general prospects of the business"],
        risks=[
            "fire at Kestrel",
            "strikes",
            "other factors set out in our Annual Information Form",
        ],
        assumptions=[
            "the price of copper",
            "the supply of power to Kestrel",
            "our ability to hire",
        ],
        identifications=[
            "Certain statements in this release constitute forward-looking information within the meaning of applicable Canadian securities laws",
            "All statements other than statements of historical fact are forward-looking information",
        ],
        no_update=[
            "Except as required by law, Orrin Vale undertakes no obligation to update this information"
        ],
        exchange=[
            "Neither the Northern Venture Exchange nor its regulation services provider accepts responsibility for the adequacy or accuracy of this release"
        ],
        statutes=["applicable Canadian securities laws"],
        references=["Annual Information Form"],
    ),
    "american, commas and one and": Example(
        """Safe Harbor Statement under the Private Securities Litigation Reform Act of 1995

Forward-looking statements in this release include statements regarding the timing of first metal at Kestrel, our cash through 2022, which we review each quarter, the expected cost of the second furnace and our plans to hire. These statements involve risks such as fire, flood at either site, and the loss of a buyer. Words such as "hopes," "will be" and "aims" tell them. We do not undertake to update them.
""",
        items=[
            "the timing of first metal at Kestrel",
            "our cash through 2022, which we review each quarter",
            "the expected cost of the second furnace",
            "our plans to hire",
        ],
        risks=["fire", "flood at either site", "the loss of a buyer"],
        no_update=["We do not undertake to update them"],
        cues=["hopes", "will be", "aims"],
    ),
    "numbers in brackets": Example(
        """Cautionary Note

This announcement contains certain forward-looking statements, including those about (1) output at Kestrel, its cost and its timing; (2) the sale of the mill; and (3) a dividend in 2021. Important factors include (i) the weather and (ii) the price of copper.
""",
        items=[
            "output at Kestrel, its cost and its timing",
            "the sale of the mill",
            "a dividend in 2021",
        ],
        risks=["the weather", "the price of copper"],
        identifications=["This announcement contains certain forward-looking statements"],
    ),
    "bullets on lines": Example(
        """Forward-Looking Statements

In particular, this news release contains forward-looking statements pertaining to the following:

- the opening of the north pit;
- the terms of the loan, if any; and
- hiring in 2021.

The risks include:

* slides in the pit
* refusal of the loan

We disclaim any obligation to update the foregoing, whether as a result of new information or otherwise.
""",
        items=["the opening of the north pit", "the terms of the loan, if any", "hiring in 2021"],
        risks=["slides in the pit", "refusal of the loan"],
        identifications=["In particular, this news release contains forward-looking statements"],
        no_update=[
            "We disclaim any obligation to update the foregoing, whether as a result of new information or otherwise"
        ],
    ),
    "the list before its verb": Example(
        """Forward-looking statements

Statements in this release regarding the opening of Kestrel, the price of power and future hiring are forward-looking statements within the meaning of Section 27A of the Securities Act of 1933, as amended. They rest on the assumption that the road stays open and that the mill is sold.
""",
        items=["the opening of Kestrel", "the price of power", "future hiring"],
        assumptions=["the road stays open", "the mill is sold"],
        identifications=[
            "Statements in this release regarding the opening of Kestrel, the price of power and future hiring are forward-looking statements within the meaning of Section 27A of the Securities Act of 1933, as amended"
        ],
        statutes=["Section 27A of the Securities Act of 1933, as amended"],
    ),
    "no list at all": Example(
        """Forward-looking statements

This release contains forward-looking statements. Actual results may vary. Readers should not rely on them unduly. See our Form 10-K and our Quarterly Report on Form 10-Q for the quarter ended June 30, 2020. The Company has no duty to update any of them.
""",
        identifications=["This release contains forward-looking statements"],
        no_update=["The Company has no duty to update any of them"],
        references=[
            "Form 10-K",
            "Quarterly Report on Form 10-Q for the quarter ended June 30, 2020",
        ],
    ),
    "one paragraph without a heading": Example(
        """This report contains "forward-looking statements". They concern: the output of Kestrel; and the sale of the mill. They are subject to risk: ore may be poor, buyers may leave and rain may fall. Orrin Vale is under no obligation to revise these statements, and readers are warned.
""",
        items=["the output of Kestrel", "the sale of the mill"],
        risks=["ore may be poor", "buyers may leave", "rain may fall"],
        identifications=['This report contains "forward-looking statements"'],
        no_update=[
            "Orrin Vale is under no obligation to revise these statements, and readers are warned"
        ],
    ),
    "english of a french hand": Example(
        """Prospective information

The present communiqué contains prospective information in the sense of the securities laws of Québec, notably in that which concerns: the start of Kestrel; and the cession of the mill. It reposes on hypotheses, notably the price of copper and the absence of a strike. The terms « foresee » and « count on » serve to identify it. The company does not engage itself to update it.
""",
        items=["the start of Kestrel", "the cession of the mill"],
        assumptions=["the price of copper", "the absence of a strike"],
        identifications=[
            "The present communiqué contains prospective information in the sense of the securities laws of Québec"
        ],
        no_update=["The company does not engage itself to update it"],
        cues=["foresee", "count on"],
        statutes=["securities laws of Québec"],
    ),
    "two lists in one sentence": Example(
        """Safe harbour

Certain statements here are forward-looking statements, including those about Kestrel. They are based on beliefs and assumptions, among them that the furnace lasts and that copper holds its price, and are subject to risks, including late parts, a cold winter, and those listed in our annual report.
""",
        items=["Kestrel"],
        assumptions=["the furnace lasts", "copper holds its price"],
        risks=["late parts", "a cold winter", "those listed in our annual report"],
        identifications=["Certain statements here are forward-looking statements"],
        references=["annual report"],
    ),
    "differs because of": Example(
        """Cautionary statement

This release contains forward-looking statements about the mill. Results could differ materially from them because of, among other things, findings of the survey, late parts, and the need for more money. Readers are cautioned not to place undue reliance on forward-looking statements, which speak only as of today.
""",
        items=["the mill"],
        risks=["findings of the survey", "late parts", "the need for more money"],
        identifications=["This release contains forward-looking statements"],
    ),
    "words without quotes": Example(
        """Forward-looking statements

Statements that look to the future can be identified by words such as believe, should, may and similar expressions. The forward-looking statements in this release include the following: hiring; and a sale.
""",
        items=["hiring", "a sale"],
        cues=["believe", "should", "may"],
    ),
    "statements on things": Example(
        """A word of care

The statements on the reopening of the mill, on the loan from Harrow Bank, and on the use of Kestrel abroad are forward-looking within the meaning of the Private Securities Litigation Reform Act of 1995. We do not undertake to update them.
""",
        items=[
            "the reopening of the mill",
            "on the loan from Harrow Bank",
            "on the use of Kestrel abroad",
        ],
        identifications=[
            "The statements on the reopening of the mill, on the loan from Harrow Bank, and on the use of Kestrel abroad are forward-looking within the meaning of the Private Securities Litigation Reform Act of 1995"
        ],
        no_update=["We do not undertake to update them"],
        statutes=["Private Securities Litigation Reform Act of 1995"],
    ),
    "a law that is included is no item": Example(
        """Forward-looking statements

This release contains forward-looking statements within the meaning of the securities laws, including the Private Securities Litigation Reform Act of 1995. Such factors are described in our filings, including our Annual Report on Form 20-F.
""",
        identifications=[
            "This release contains forward-looking statements within the meaning of the securities laws"
        ],
        statutes=["securities laws", "Private Securities Litigation Reform Act of 1995"],
        references=["Annual Report on Form 20-F"],
    ),
}
