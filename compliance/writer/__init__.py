"""The writers of files: Excel and CSV, Word, PowerPoint; each the only one that knows its library."""
