"""Networks, objectives and the dream itself. torch lives here alone, and importing this room does not load it."""
