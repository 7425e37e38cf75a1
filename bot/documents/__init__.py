"""Outcome to files. Pure."""
