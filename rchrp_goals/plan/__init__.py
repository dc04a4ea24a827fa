"""The plan as data: records, rules and dates. No files, no clock, no terminal."""
