"""Exchange: whole programs in other people's formats; one module a format, found by its file's name."""
