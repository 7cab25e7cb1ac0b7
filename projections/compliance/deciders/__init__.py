"""What decides each rule: one short function for each, on an evidence and nothing else."""
