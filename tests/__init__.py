"""Tests of the timeline, by kind."""
