"""targettrack: tells, from plain files, whether a government kept its promises."""
