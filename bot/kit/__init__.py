"""What rooms build with: errors, clock, cards, forms, pages, undo, choices, drafts, permissions, tool vocabulary."""
