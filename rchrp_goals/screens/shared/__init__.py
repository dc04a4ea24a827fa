"""Screens that every room shares."""
