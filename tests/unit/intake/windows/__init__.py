"""The reading of windows, one rule at a time, and as a whole against phrases of releases."""
