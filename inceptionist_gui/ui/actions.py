"""Everything the window can be told to do, each with its words, icon and keys."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QUndoStack

from inceptionist_gui.engine.device_names import DeviceName, Offer
from inceptionist_gui.recipe import Mode
from inceptionist_gui.session.settings import ThemeChoice
from inceptionist_gui.session.state import State
from inceptionist_gui.ui.icons import Icons
from inceptionist_gui.words import _, languages, later

Keys = QKeySequence.StandardKey | str | None

_MODES = {
    Mode.DREAM: (
        later("Dream"),
        later("A picture becomes more of what the network sees in it"),
        later("Dream from the beginning (Space)"),
    ),
    Mode.IMAGINE: (
        later("Imagine"),
        later("The network paints a thing from nothing"),
        later("Imagine the goals from nothing (Space)"),
    ),
    Mode.FOOL: (
        later("Fool"),
        later("The least change of a photo that turns the network's answer"),
        later("Look for the least change that turns the network's answer (Space)"),
    ),
}
"""Each mode's name, what it is, and what its start button does."""
_UNDER_WAY = {
    State.WAKING: (later("Pause"), "pause-fill", later("Hold it where it is (Space)")),
    State.DREAMING: (later("Pause"), "pause-fill", later("Hold it where it is (Space)")),
    State.PAUSED: (later("Resume"), "play-fill", later("Go on (Space)")),
}
_THEMES = {
    ThemeChoice.DARK: later("Dark"),
    ThemeChoice.LIGHT: later("Light"),
    ThemeChoice.SYSTEM: later("As the System"),
}
_DEVICES = {
    DeviceName.AUTO: (later("Automatic"), later("A GPU where there is one, else the CPU")),
    DeviceName.CPU: ("CPU", later("On the processor, which every machine has")),
    DeviceName.CUDA: ("NVIDIA GPU", later("Looking for it")),
    DeviceName.MPS: ("Apple GPU", later("Looking for it")),
}
_LANGUAGES = {"en": "English", "de": "Deutsch"}
"""By their own names."""


class Actions(QObject):
    """The window's actions. What they do is connected by the window."""

    devices_wanted = Signal()
    """The devices are about to be shown."""

    def __init__(self, window: QObject, icons: Icons) -> None:
        super().__init__(window)
        self._icons = icons
        self._mode, self._state = Mode.DREAM, State.IDLE
        key = QKeySequence.StandardKey
        self.open = self._made(
            _("Open…"), "folder-open", key.Open, _("Open a photo, a dream with its recipe, or a project")
        )
        self.save = self._made(
            _("Save Project"),
            "floppy-disk",
            key.Save,
            _("Save the photo, the dream and every control in one file"),
        )
        self.save.setIconText(_("Save"))
        self.save_as = self._made(_("Save Project As…"), "", "Ctrl+Shift+S")
        self.save_picture = self._made(
            _("Save Picture"), "image-square", "Ctrl+E", _("Save the dream as a picture, its recipe inside")
        )
        self.save_picture_as = self._made(_("Save Picture As…"), "", "Ctrl+Shift+E")
        self.print_ = self._made(_("Print…"), "", "Ctrl+P", _("Print the picture at any size, drawn finer"))
        self.from_photo = self._made(_("Start from the Photo"), "image")
        self.from_clouds = self._made(_("Start from Clouds"), "cloud")
        self.from_noise = self._made(_("Start from Noise"), "dots-nine")
        self.quit = self._made(_("Quit"), "", "Ctrl+Q")
        self.undo = self._made(_("Undo"), "arrow-u-up-left", key.Undo)
        self.redo = self._made(_("Redo"), "arrow-u-up-right", key.Redo)
        self.undo_list = self._made(_("Undo List…"), "", None, _("Every step, to go back to and forward again"))
        self.reset = self._made(
            _("Reset the Controls"), "", None, _("Every control and goal as at the first start")
        )
        self.vary = self._made(
            _("Vary the Look"), "", "Ctrl+Shift+V", _("Another look by chance, within taste; what is locked stays")
        )
        self.save_look = self._made(_("Save as Preset…"), "", None, _("Keep this look as a preset"))
        self.copy = self._made(_("Copy the Picture"), "copy", key.Copy)
        self.paste = self._made(_("Paste a Picture"), "clipboard", key.Paste)
        self.dream = self._made(_("Dream"), "", "Ctrl+Return")
        self.stop = self._made(_("Stop"), "stop-fill", "Ctrl+.", _("End it and keep the picture (Ctrl+.)"))
        self.restart = self._made(
            _("Restart"), "arrow-counter-clockwise", "Ctrl+R", _("Once more from the beginning (Ctrl+R)")
        )
        self.live = self._made(
            _("Live"), "", "Ctrl+L", _("Have the picture follow every change, without pressing Dream")
        )
        self.live.setCheckable(True)
        self.keep_state = self._made(
            _("Keep in the History"), "", "Ctrl+Shift+H", _("Put this moment into the history, to stay there")
        )
        self.dream_on = self._made(
            _("Dream on This"), "", "Ctrl+D", _("Take this picture as the photo of a new dream")
        )
        self.enqueue = self._made(
            _("Add to Queue"), "", "Ctrl+Shift+Return", _("Have this picture made while you go on")
        )
        self.enqueue_with = self._made(
            _("Add to Queue With…"), "", None, _("Choose size, variants, format and folder, and add the picture")
        )
        self.enqueue_photos = self._made(
            _("Add Photos to Queue…"), "", None, _("Have several photos made with what is asked for now")
        )
        self.fit = self._made(_("Fit"), "corners-out", "Ctrl+0", _("Show the whole picture (Ctrl+0)"))
        # The canvas has these keys by itself; the menu shows them.
        self.actual = self._made("100 %\t1", "", None, _("One pixel of the picture is one of the screen (1)"))
        self.actual.setIconText("100 %")
        self.double = self._made("200 %\t2")
        self.zoom_in = self._made(_("Zoom In"), "", key.ZoomIn)
        self.zoom_out = self._made(_("Zoom Out"), "", key.ZoomOut)
        self.look = self._made(_("Look"), "eye", "Ctrl+4", _("What the network sees in the picture (Ctrl+4)"))
        self.look.setCheckable(True)
        self.associate = self._made(
            _("What Goes with a Class…"), "", None, _("Imagine it, and see what comes along")
        )
        self.hide_panels = self._made(
            _("Hide the Panels"), "", "Ctrl+H", _("Leave the window to the picture (Tab on the picture)")
        )
        self.hide_panels.setCheckable(True)
        self.reset_layout = self._made(_("Reset the Layout"))
        self.full_screen = self._made(_("Full Screen"), tells=_("The window alone on the screen, and back"))
        self.full_screen.setShortcuts(
            [*dict.fromkeys([*QKeySequence.keyBindings(key.FullScreen), QKeySequence("F11")])]
        )
        self.full_screen.setCheckable(True)
        self._make_help()
        self.modes = self._modes()
        self.themes = self._themes()
        self.languages = self._languages()
        self.devices = self._devices()
        self.show_mode(Mode.DREAM)

    def _make_help(self) -> None:
        self.next_part = self._made(_("Go to the Next Panel"), "", "F6", _("From panel to panel, without a mouse"))
        self.previous_part = self._made(_("Go to the Previous Panel"), "", "Shift+F6", _("The other way round"))
        self.palette = self._made(
            _("Find a Command…"),
            "magnifying-glass",
            None,
            _("Any command, preset, layer, class or control by its name"),
        )
        self.palette.setShortcuts([QKeySequence("Ctrl+K"), QKeySequence("Ctrl+Shift+P")])
        self.shortcuts = self._made(_("Keyboard Shortcuts"), "", None, _("All keys, to be searched"))
        self.shortcuts.setShortcuts([QKeySequence("F1"), QKeySequence("Ctrl+/")])
        self.what_is_this = self._made(
            _("What Is This?"), "question", "Shift+F1", _("The next click on anything says what it is")
        )
        self.tour = self._made(_("Tour of the Window"), "", None, _("Two minutes, from the picture to the file"))
        self.about = self._made(_("About Inceptionist"))

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
            mode: self._made(_(title), "", f"Ctrl+{key}", f"{_(tells)} ({_native(f'Ctrl+{key}')})")
            for key, (mode, (title, tells, _start)) in enumerate(_MODES.items(), start=1)
        }
        self._make_exclusive(list(modes.values()))
        return modes

    def _themes(self) -> dict[ThemeChoice, QAction]:
        themes = {choice: self._made(_(text)) for choice, text in _THEMES.items()}
        self._make_exclusive(list(themes.values()))
        return themes

    def _languages(self) -> dict[str, QAction]:
        """By their codes; the system's has none."""
        names = {"": _("As the System")} | {code: _LANGUAGES.get(code, code) for code in languages()}
        spoken = {code: self._made(name) for code, name in names.items()}
        self._make_exclusive(list(spoken.values()))
        return spoken

    def _devices(self) -> dict[DeviceName, QAction]:
        devices = {name: self._made(_(text), tells=_(tells)) for name, (text, tells) in _DEVICES.items()}
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
        title, _tells, start = _MODES[self._mode]
        text, icon, tells = _UNDER_WAY.get(state, (title, "play-fill", start))
        self.dream.setText(_(text))
        self.dream.setToolTip(_(tells))
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
        self.undo.setText(_("Undo: {step}").format(step=step) if step else _("Undo"))

    def _name_redo(self, step: str) -> None:
        self.redo.setText(_("Redo: {step}").format(step=step) if step else _("Redo"))


def _native(keys: str) -> str:
    """A shortcut as this system writes it."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
