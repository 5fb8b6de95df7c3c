"""From a recipe to a finished picture, without a window. No Qt."""
