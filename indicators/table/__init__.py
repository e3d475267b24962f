"""Matches -> the tidy tables."""
