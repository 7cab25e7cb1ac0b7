"""The routes, one file for each thing asked about."""
