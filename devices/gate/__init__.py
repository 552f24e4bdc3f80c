"""Door and lockers: `relay` for hardware on the network, `scripted` for the rehearsal and the tests."""
