"""Sources: one module a kind of file that figures are read from; ``ENDINGS``, ``begins(text)`` and ``read(text, file)``."""
