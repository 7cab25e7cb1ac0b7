"""The web pages: what a person reads, made of the same answers as everything else."""
