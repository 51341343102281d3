"""targettrack: tells, from plain files, whether a government kept its promises."""

__version__ = "0.1.0"
