"""Makes the screenshots of the documentation, with the studio itself: `python packaging/screenshots.py [NAME]`.

Each scene is a process of its own, since a window's scale is decided at its start. The photos are scikit-image's.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 240_000
"""Milliseconds for whatever a scene waits for."""
REST = 2500
"""Milliseconds in which what was asked for last is painted."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A screenshot: its window, and what is done in it."""

    name: str
    width: int
    """In logical pixels, as is `height`."""
    height: int
    theme: str = "dark"
    scale: float = 1.0
    language: str = "en"
    photo: str = "chelsea"
    act: Callable[["Stage"], None] = lambda stage: stage.dream("eyes")


class Stage:
    """A studio with a photo open, and what may be done in it."""

    def __init__(self, scene: Scene, folder: Path) -> None:
        # Here: Qt reads the scale from the environment when it is imported.
        from PIL import Image
        from skimage import data

        from inceptionist_gui.app import make_application, speak_to_user
        from inceptionist_gui.engine.device_names import DeviceName
        from inceptionist_gui.engine.surroundings import prepare_surroundings
        from inceptionist_gui.session.session import Session
        from inceptionist_gui.session.settings import Settings, ThemeChoice
        from inceptionist_gui.ui.theme import Theme
        from inceptionist_gui.ui.window import Window

        prepare_surroundings()
        self.application = make_application()
        speak_to_user(self.application, scene.language)
        settings = Settings(folder / "settings.ini")
        theme = Theme(self.application, ThemeChoice(scene.theme))
        self.session = Session(device=DeviceName.CPU)
        self.window = Window(self.session, settings, theme)
        self.window.resize(scene.width, scene.height)
        self.window.show()
        photo = folder / f"{scene.photo}.png"
        Image.fromarray(getattr(data, scene.photo)()).save(photo)
        self.window.files.open(photo)
        self.until(lambda: self.session.photo is not None)

    def wait(self, milliseconds: int) -> None:
        # Not QTest.qWait, which keeps Python to itself: nothing would be dreamed meanwhile.
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def until(self, done: Callable[[], bool]) -> None:
        for _ in range(0, PATIENCE, 50):
            if done():
                return
            self.wait(50)
        raise TimeoutError("the scene did not come about")

    def dream(self, preset: str) -> None:
        from inceptionist_gui.recipe import preset_named

        self.session.apply_preset(preset_named(preset))
        self.session.start()
        self.until_done()

    def until_done(self) -> None:
        from inceptionist_gui.session.state import State

        self.until(lambda: self.session.state is State.IDLE and self.session.result is not None)

    def paint(self) -> None:
        """The upper half of the picture is to dream."""
        import numpy as np

        from inceptionist_gui.recipe import Mask

        rows = np.linspace(3.0, -2.0, 256)[:, None].clip(0.0, 1.0) * np.ones((1, 384))
        recipe = self.session.recipe.model_copy(update={"mask": Mask.of((rows * 255).astype(np.uint8))})
        self.session.apply_recipe(recipe, "Mask")
        self.dream("hounds")
        self.window.tools.masks.paint.trigger()

    def wipe(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        self.dream("knots")
        self.window.canvas.setFocus()
        QTest.keyClick(self.window.canvas, Qt.Key.Key_W)

    def imagine(self) -> None:
        from inceptionist_gui.recipe import ClassGoal, Mode

        self.session.set_mode(Mode.IMAGINE)
        self.session.set_goals((ClassGoal(label="volcano"),), "Volcano")
        self.session.start()
        self.until_done()

    def branch(self) -> None:
        for preset in ("strokes", "glass", "silk", "eyes"):
            self.dream(preset)
            self.wait(500)

    def search(self) -> None:
        self.dream("petals")
        self.window.actions_.palette.trigger()


SCENES = (
    Scene("studio", 1440, 900),
    Scene("studio-light", 1280, 720, "light", photo="coffee", act=lambda stage: stage.dream("hounds")),
    Scene("studio-large", 1920, 1080, photo="rocket", act=lambda stage: stage.dream("knots")),
    Scene("studio-double", 1280, 720, scale=2.0, photo="coffee", act=lambda stage: stage.dream("reef")),
    Scene("mask", 1280, 800, act=Stage.paint),
    Scene("wipe", 1280, 720, "light", photo="rocket", act=Stage.wipe),
    Scene("history", 1440, 900, act=Stage.branch),
    Scene("imagine", 1280, 800, act=Stage.imagine),
    Scene("palette", 1280, 720, scale=1.5, photo="astronaut", act=Stage.search),
    Scene("deutsch", 1280, 720, "light", language="de", act=lambda stage: stage.dream("silk")),
)


def play(scene: Scene) -> None:
    with TemporaryDirectory() as folder:
        stage = Stage(scene, Path(folder))
        scene.act(stage)
        stage.wait(REST)
        stage.window.grab().save(str(ROOT / "docs" / f"{scene.name}.png"))
        stage.window.leave()


def main(wanted: list[str]) -> None:
    for scene in SCENES:
        if wanted and scene.name not in wanted:
            continue
        with TemporaryDirectory() as folder:
            surroundings = {
                "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scene.scale), "INCEPTIONIST_DATA": folder,
                "INCEPTIONIST_SCENE": scene.name,
            }  # fmt: skip
            subprocess.run([sys.executable, __file__], env=os.environ | surroundings, check=True)


if __name__ == "__main__":
    played = os.environ.get("INCEPTIONIST_SCENE")
    if played:
        play(next(scene for scene in SCENES if scene.name == played))
    else:
        main(sys.argv[1:])
