"""The reader: PDF to pages, lines, blocks and the clause tree, with the checks that refuse or warn."""
