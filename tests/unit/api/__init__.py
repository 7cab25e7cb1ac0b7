"""The edge, piece by piece."""
