"""The practice: obligations, enforcement cases, courses and exports (each arrives with its own issue)."""
