"""The assessment: what figures and promises are, which figure decides a target, and what its status is."""
