"""The recipe of the language model: data, network, training, export."""
