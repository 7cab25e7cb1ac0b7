"""The scorecard: what an issuer's statements have been worth, in figures, at any date.

No table and no clock: pure folds over statements with their verdicts at the asked clocks.
"""
