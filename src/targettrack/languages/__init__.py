"""The languages: a catalogue each, as translators edit it (.po) and as gettext reads it (.mo), found by its file's name; English needs none."""
