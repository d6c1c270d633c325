"""From sentences with their mentions to reports: who did what to whom, when, where and on whose word."""
