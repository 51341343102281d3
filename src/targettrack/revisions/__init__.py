"""The revisions: what a newer version of a program, or a later day, says otherwise, and who made it so."""
