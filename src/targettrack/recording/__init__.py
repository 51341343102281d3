"""The recording: what a new figure is, whether it may be recorded, and the text that is added to a file for it."""
