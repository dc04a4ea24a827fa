"""What has come due, cheap enough for a shell prompt."""
