"""Pixels in and out, and the recipe inside a picture. No torch, no Qt."""
