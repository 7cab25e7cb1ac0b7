"""Databases to test against."""
