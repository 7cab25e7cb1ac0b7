"""What must be so for any input, tried at random."""
