"""What the program asks of the world, as Protocols and frozen types; who answers is decided by `app.cli`.

Law of this package: no Qt, no pictures' library, no database, no network, no thread, no clock. A port is a
plain noun (`Camera`); a driver is technology and port (`OpenCvCamera`), its stand-in `ScriptedCamera`; both
pass the same contract test. State is an enum, a fault of the world is a code: words are made where a person
reads them.
"""
