"""Benchmarks: our work beside that of others, in the same run. See docs/bench.md."""
