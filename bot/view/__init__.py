"""Outcome to text and blocks, in the reader's language and zone. Pure."""
