"""Conversations without a face: questions, answers, what comes next."""
