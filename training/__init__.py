"""How the shipped models were made. Nothing in the package imports this folder."""
