"""Law: a voice says fixed sentences and nothing else; where it cannot, it is silent and nobody waits for it."""
