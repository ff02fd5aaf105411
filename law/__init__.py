"""The vocabulary: spans, labels, clauses, documents, citations, and the store. Standard library only."""
