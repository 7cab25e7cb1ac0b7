"""Everything that somebody with the database in hand can change, changed, and found."""
