"""The conformance cases, through the core and every store."""
