"""The write side and the domain: the bitemporal core, events, packs and the recorder."""
