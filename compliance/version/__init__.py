"""Two versions of a document: what changed, and what that does to the duties."""
