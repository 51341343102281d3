"""The topics of the reference that are read, not looked up: a folder a language, a text in Markdown a topic, found by its file's name; where a language lacks one, English has it."""
