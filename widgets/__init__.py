"""A small kit of Textual widgets for guided conversations; it knows nothing of the app that uses it."""
