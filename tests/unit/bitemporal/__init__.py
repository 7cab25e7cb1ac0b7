"""The bitemporal core, one rule at a time."""
