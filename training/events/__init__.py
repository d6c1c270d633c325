"""How the head for guesses was learnt: sentences composed for it, and the recipe."""
