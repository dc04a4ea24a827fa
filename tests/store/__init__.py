"""The plan's file, drafts, locks and settings."""
