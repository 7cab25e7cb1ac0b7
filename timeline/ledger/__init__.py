"""The ledger: a Merkle tree over everything recorded, signed checkpoints of it, and its proof."""
