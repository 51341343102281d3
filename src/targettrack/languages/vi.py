"""Vietnamese: each sentence of the project, as it is written in the code, and as a Vietnamese reader says it."""

NAME = "Tiếng Việt"

MESSAGES: dict[str, str] = {}
