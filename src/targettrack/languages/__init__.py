"""The languages: one module a catalogue, found by its file's name; English needs none."""
