"""Formats: one module an output format, found by its file's name: ``render(page, out, look)``."""
