"""The wording: facts as sentences for people, in the language that is spoken."""
