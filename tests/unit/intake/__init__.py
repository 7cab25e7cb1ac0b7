"""Intake, one part at a time."""
