"""Everything the window can be told to do, each with its words, icon and keys."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QUndoStack

from inceptionist_gui.engine.device_names import DeviceName, Offer
from inceptionist_gui.recipe import Mode
from inceptionist_gui.session.settings import ThemeChoice
from inceptionist_gui.session.state import State
from inceptionist_gui.ui.icons import Icons

Keys = QKeySequence.StandardKey | str | None

_MODES = {
    Mode.DREAM: ("A picture becomes more of what the network sees in it", "Dream from the beginning (Space)"),
    Mode.IMAGINE: ("The network paints a thing from nothing", "Imagine the goals from nothing (Space)"),
    Mode.FOOL: (
        "The least change of a photo that turns the network's answer",
        "Look for the least change that turns the network's answer (Space)",
    ),
}
"""What each mode is, and what its start button does."""
_UNDER_WAY = {
    State.WAKING: ("Pause", "pause-fill", "Hold it where it is (Space)"),
    State.DREAMING: ("Pause", "pause-fill", "Hold it where it is (Space)"),
    State.PAUSED: ("Resume", "play-fill", "Go on (Space)"),
}
_THEMES = {
    ThemeChoice.DARK: "Dark",
    ThemeChoice.LIGHT: "Light",
    ThemeChoice.SYSTEM: "As the System",
}
_DEVICES = {
    DeviceName.AUTO: ("Automatic", "A GPU where there is one, else the CPU"),
    DeviceName.CPU: ("CPU", ""),
    DeviceName.CUDA: ("NVIDIA GPU", "Looking for it"),
    DeviceName.MPS: ("Apple GPU", "Looking for it"),
}


class Actions(QObject):
    """The window's actions. What they do is connected by the window."""

    devices_wanted = Signal()
    """The devices are about to be shown."""

    def __init__(self, window: QObject, icons: Icons) -> None:
        super().__init__(window)
        self._icons = icons
        self._mode, self._state = Mode.DREAM, State.IDLE
        key = QKeySequence.StandardKey
        self.open = self._made("Open…", "folder-open", key.Open, "Open a photo, or a dream with its recipe")
        self.save = self._made("Save", "floppy-disk", key.Save, "Save the dream with its recipe inside")
        self.save_as = self._made("Save As…", "", "Ctrl+Shift+S")
        self.from_photo = self._made("Start from the Photo", "image")
        self.from_clouds = self._made("Start from Clouds", "cloud")
        self.from_noise = self._made("Start from Noise", "dots-nine")
        self.quit = self._made("Quit", "", "Ctrl+Q")
        self.undo = self._made("Undo", "arrow-u-up-left", key.Undo)
        self.redo = self._made("Redo", "arrow-u-up-right", key.Redo)
        self.reset = self._made("Reset the Controls", "", None, "Every control and goal as at the first start")
        self.copy = self._made("Copy the Picture", "copy", key.Copy)
        self.paste = self._made("Paste a Picture", "clipboard", key.Paste)
        self.dream = self._made("Dream", "", "Ctrl+Return")
        self.stop = self._made("Stop", "stop-fill", "Ctrl+.", "End it and keep the picture (Ctrl+.)")
        self.restart = self._made(
            "Restart", "arrow-counter-clockwise", "Ctrl+R", "Once more from the beginning (Ctrl+R)"
        )
        self.dream_on = self._made("Dream on This", "", "Ctrl+D", "Take this picture as the photo of a new dream")
        self.fit = self._made("Fit", "corners-out", "Ctrl+0", "Show the whole picture (Ctrl+0)")
        # The canvas has these keys by itself; the menu shows them.
        self.actual = self._made("100 %\t1", "", None, "One pixel of the picture is one of the screen (1)")
        self.actual.setIconText("100 %")
        self.double = self._made("200 %\t2")
        self.zoom_in = self._made("Zoom In", "", key.ZoomIn)
        self.zoom_out = self._made("Zoom Out", "", key.ZoomOut)
        self.look = self._made("Look", "eye", "Ctrl+4", "What the network sees in the picture (Ctrl+4)")
        self.look.setCheckable(True)
        self.associate = self._made("What Goes with a Class…", "", None, "Imagine it, and see what comes along")
        self.hide_panels = self._made("Hide the Panels", "", "Ctrl+H")
        self.hide_panels.setCheckable(True)
        self.reset_layout = self._made("Reset the Layout")
        self.full_screen = self._made("Full Screen", "", "F11")
        self.full_screen.setCheckable(True)
        self.about = self._made("About Inceptionist")
        self.modes = self._modes()
        self.themes = self._themes()
        self.devices = self._devices()
        self.show_mode(Mode.DREAM)

    def _made(self, text: str, icon: str = "", keys: Keys = None, tells: str = "") -> QAction:
        action = QAction(text, self)
        if isinstance(keys, QKeySequence.StandardKey):
            action.setShortcuts(keys)
        elif keys:
            action.setShortcut(QKeySequence(keys))
        if icon:
            self._icons.give(action, icon)
        action.setIconVisibleInMenu(False)
        if tells:
            action.setToolTip(tells)
        return action

    def _modes(self) -> dict[Mode, QAction]:
        modes = {
            mode: self._made(mode.value.capitalize(), "", f"Ctrl+{key}", f"{tells} (Ctrl+{key})")
            for key, (mode, (tells, _)) in enumerate(_MODES.items(), start=1)
        }
        self._make_exclusive(list(modes.values()))
        return modes

    def _themes(self) -> dict[ThemeChoice, QAction]:
        themes = {choice: self._made(text) for choice, text in _THEMES.items()}
        self._make_exclusive(list(themes.values()))
        return themes

    def _devices(self) -> dict[DeviceName, QAction]:
        devices = {name: self._made(text, tells=tells) for name, (text, tells) in _DEVICES.items()}
        self._make_exclusive(list(devices.values()))
        # Until the engine was asked.
        devices[DeviceName.CUDA].setEnabled(False)
        devices[DeviceName.MPS].setEnabled(False)
        return devices

    def _make_exclusive(self, choices: list[QAction]) -> None:
        group = QActionGroup(self)
        for action in choices:
            action.setCheckable(True)
            group.addAction(action)

    def show_offers(self, offers: tuple[Offer, ...]) -> None:
        """Calls the devices by their makers' names, and greys out those that cannot be had."""
        for offer in offers:
            action = self.devices[offer.name]
            action.setText(offer.title.replace("&", "&&"))
            action.setToolTip(offer.lack or offer.title)
            action.setEnabled(not offer.lack)

    def show_mode(self, mode: Mode) -> None:
        self._mode = mode
        self.modes[mode].setChecked(True)
        self.show_state(self._state)

    def show_state(self, state: State) -> None:
        self._state = state
        idle = (self.modes[self._mode].text(), "play-fill", _MODES[self._mode][1])
        text, icon, tells = _UNDER_WAY.get(state, idle)
        self.dream.setText(text)
        self.dream.setToolTip(tells)
        self._icons.give(self.dream, icon, on_accent=True)
        self.stop.setEnabled(state is not State.IDLE)
        self.restart.setEnabled(state is not State.IDLE)

    def follow_undo(self, stack: QUndoStack) -> None:
        """Names the step in the menu, and greys out what there is none of."""
        self.undo.triggered.connect(stack.undo)
        self.redo.triggered.connect(stack.redo)
        stack.canUndoChanged.connect(self.undo.setEnabled)
        stack.canRedoChanged.connect(self.redo.setEnabled)
        stack.undoTextChanged.connect(self._name_undo)
        stack.redoTextChanged.connect(self._name_redo)
        self.undo.setEnabled(stack.canUndo())
        self.redo.setEnabled(stack.canRedo())

    def _name_undo(self, step: str) -> None:
        self.undo.setText(f"Undo: {step}" if step else "Undo")

    def _name_redo(self, step: str) -> None:
        self.redo.setText(f"Redo: {step}" if step else "Redo")
