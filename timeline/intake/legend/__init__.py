"""The legend: a document's cautionary text, read, and held against what the document says."""

from timeline.intake.legend.cautions import Reach, in_general, in_particular
from timeline.intake.legend.coverage import Coverage, Covered, Listed, Status, coverage
from timeline.intake.legend.matter import Ground, Matter
from timeline.intake.legend.part import Legend, Part, PartKind
from timeline.intake.legend.reading import read_legend
from timeline.intake.legend.remarks import Remark, remarks
from timeline.intake.legend.risks import BodyRisk, Unspoken

__all__ = [
    "BodyRisk",
    "Coverage",
    "Covered",
    "Ground",
    "Legend",
    "Listed",
    "Matter",
    "Part",
    "PartKind",
    "Reach",
    "Remark",
    "Status",
    "Unspoken",
    "coverage",
    "in_general",
    "in_particular",
    "read_legend",
    "remarks",
]
