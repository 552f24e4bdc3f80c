"""The procedure of an evaluation: commands, events, two stage tables, decide, evolve, and what each role may see.

Law: pure functions over frozen data. No clock, randomness, network, disk or screen; above the journal, scoring,
drawing and rules cores, below everything else. State is what the journal folds to, and nothing else.
"""
