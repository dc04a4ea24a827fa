"""One writer a format; each turns the same sheet into text, Markdown, a page to print, or the plan as data."""
