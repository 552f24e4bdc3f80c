"""Faces: `decision` is the rule, `engines` the models, `sface` the room's matcher, `vault` encrypts.

Law of this package: there is one way from two faces to a verdict, and `kawei face` measures that very one.
"""
