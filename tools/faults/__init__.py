"""Faults tried on the real command line; see `__main__`."""
