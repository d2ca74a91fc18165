"""What stands around the modules, shown and printed: session guides, cards, observation sheets, pages to read."""
