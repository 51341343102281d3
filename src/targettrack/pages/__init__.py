"""The pages: for each command a value, its document and its records, whatever the format."""
