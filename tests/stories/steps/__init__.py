"""The sentences that stories are made of, each defined once: every file here is taken in by itself.

Its law: a sentence is Chinese as people of the trade say it; it acts or sees through the stage, and judges nothing but
what it says.
"""
