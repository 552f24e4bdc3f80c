"""Card readers: `keyboard` for the kind that types like a keyboard, `scripted` for the rehearsal and the tests."""
