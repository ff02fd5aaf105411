"""The finder: tokens, passages, lexical and dense indexes, fusion, abstention and excerpts."""
