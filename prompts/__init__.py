"""Wording, statements, banks, the order of the conversations: data only, read by ``rchrp_goals.content``."""
