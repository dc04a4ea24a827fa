"""The app, driven without a terminal."""
