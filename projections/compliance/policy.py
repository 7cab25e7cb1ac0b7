"""The numbers that no rule fixes: ours, to be set with counsel, told in every finding."""

from __future__ import annotations

from datetime import timedelta

UPDATE = timedelta(days=30)
"""How long after a changing event a public update is waited for."""

CORRECTION = timedelta(days=10)
"""How long after an untrue statement was found out its public correction is waited for."""

LOOK_BACK = timedelta(days=366)
"""For how long what is over is told: a finding on something older is told while it still stands."""

GRACE = timedelta(days=90)
"""How long after a window's last day word of an outcome or a revision is waited for."""

FURNISHED = timedelta(days=10)
"""How long after a home release its Form 6-K is waited for; the form says promptly."""

REPORTING = timedelta(days=550)
"""How old the newest periodic or current report may be for its filer to count as reporting."""

NARROWER = timedelta(days=31)
"""By how much two windows of one document may differ in length and still say the same."""
