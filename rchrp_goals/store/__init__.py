"""The plan on disk: one safe file, drafts, locks, history."""
