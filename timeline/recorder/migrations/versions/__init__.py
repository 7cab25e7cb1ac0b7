"""The changes, in order. A file is named after its revision, which is four digits."""
