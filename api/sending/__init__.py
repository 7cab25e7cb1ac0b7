"""Sending digests: webhooks and mail, each digest once by its id."""
