"""Inputs: one module a kind of file that figures are read from; ``ENDINGS``, ``begins(data)`` and ``read(data, file)``, with the bytes of the file."""
