"""Widgets: what the artist sees and touches. They change the recipe only through the session's verbs."""
