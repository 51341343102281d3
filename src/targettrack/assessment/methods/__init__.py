"""Methods: one module a published method, found by its file's name: ``judge(evidence) -> Verdict``."""
