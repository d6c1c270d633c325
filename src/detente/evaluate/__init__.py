"""How good the coder is: gold, scores, and what was gained or lost between two versions."""
