"""Networks, objectives and the dream itself. torch is named here alone; importing the room does not load it."""
