"""The read side: one file per read model, holding its table, its rows and its questions."""
