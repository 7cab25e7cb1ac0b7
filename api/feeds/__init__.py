"""Feeds: an issuer's schedule as a calendar, and its latest as Atom."""
