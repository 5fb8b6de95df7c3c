"""The figures that the program is judged by."""
