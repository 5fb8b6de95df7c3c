"""Inceptionist: a studio for dreaming with image networks.

The rooms, from the roof down; each may use only those below it:

    cli, app    the command line; the one place that wires the studio together
    ui          widgets
    session     what is open, undo, the threads; Qt without widgets
    render      headless work from a recipe to a finished picture
    engine      networks, objectives, the dream itself; torch, no Qt, no files of pictures
    media       pixels in and out, and the recipe inside a picture; no torch, no Qt
    recipe      what was asked: frozen, validated, versioned data
    shipped     where the files that come with the program lie
    errors      what is told to the user in one line
"""

__version__ = "0.1.0"
