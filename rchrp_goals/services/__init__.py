"""One use case a file: what the faces and the commands call."""
