"""What is open, how it changes and who works on it: Qt without widgets."""
