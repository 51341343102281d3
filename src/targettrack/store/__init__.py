"""The store: the only one who reads and writes: the folder of programs, their files, and git."""
