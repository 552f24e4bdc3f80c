"""The camera: `opencv` for a real one, a film or a stream, `scripted` for the rehearsal and the tests."""
