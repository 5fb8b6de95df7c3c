"""The queue's panel and what the window does with it, with workers that do nothing by themselves."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QDesktopServices, QDropEvent, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import Mode, Recipe, Start
from inceptionist_gui.render.job import RenderJob
from inceptionist_gui.session.queue import Queue
from inceptionist_gui.session.queue_entry import Standing, Tally
from inceptionist_gui.session.queue_line import Asked
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.settings import Settings
from inceptionist_gui.session.state import Tone
from inceptionist_gui.ui.queue import QueuePanel
from inceptionist_gui.ui.queue_model import ENTRY, PICTURE
from inceptionist_gui.ui.queue_words import Verb, outcome, percent, status, summary
from inceptionist_gui.ui.tones import DARK, LIGHT
from inceptionist_gui.ui.window import Window
from tests.session.test_queue import Hand

pytestmark = pytest.mark.qt
S = Standing
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def queue(tmp_path: Path, qapp: QApplication) -> Iterator[Queue]:
    queue = Queue(tmp_path / "queue", qapp, make=Hand)
    yield queue
    queue.close()
    queue.deleteLater()


@pytest.fixture
def panel(queue: Queue, qtbot: QtBot) -> QueuePanel:
    panel = QueuePanel(queue, lambda: DARK)
    qtbot.addWidget(panel)
    panel.resize(1000, 200)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def put(queue: Queue, qtbot: QtBot, *names: str) -> list[str]:
    """Adds a job for each name; the first has its turn."""
    jobs = tuple(RenderJob(Recipe(start=Start.NOISE), Path(f"/nowhere/{name}.png")) for name in names)
    queue.add(Asked(jobs))
    keys = [entry.key for entry in queue.entries]
    qtbot.waitUntil(lambda: set(keys) <= queue._ready and not queue._turn.isActive())
    return keys


def names(queue: Queue) -> str:
    return "".join(entry.job.output.stem for entry in queue.entries)


def standings(queue: Queue, qtbot: QtBot) -> list[Standing]:
    qtbot.waitUntil(lambda: not queue._turn.isActive())
    return [entry.standing for entry in queue.entries]


def end(queue: Queue, key: str, output: Path = Path("/nowhere/made.png")) -> None:
    queue._workers[key].done.emit(output, 43.0)


def box(panel: QueuePanel, row: int) -> QPoint:
    return panel.list.visualRect(panel.list.model().index(row, 0)).center()


def button(panel: QueuePanel, row: int, *, below: bool = False) -> QPoint:
    """Where one of a card's two buttons is."""
    card = panel.list.visualRect(panel.list.model().index(row, 0)).adjusted(4, 4, -4, -4)
    return QPoint(card.right() - 13, card.bottom() - 15 if below else card.top() + 15)


class TestPanel:
    def test_it_invites_while_nothing_is_queued(self, panel: QueuePanel) -> None:
        assert panel.nothing.isVisible()
        assert not panel.list.isVisible()
        assert not panel.toggle.isEnabled()
        assert not panel.clear.isEnabled()

    def test_a_job_says_how_it_stands(self, panel: QueuePanel, queue: Queue, qtbot: QtBot) -> None:
        first, _ = put(queue, qtbot, "a", "b")
        queue._workers[first].progressed.emit(0.46, "octave 1 of 2", 72.0)
        assert panel.line.text() == "0 of 2 done, 23 %"
        index = panel.list.model().index(0, 0)
        assert index.data() == "a.png"
        assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "a.png, Octave 1 of 2, 1:12 left, 46 %"
        assert panel.list.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "b.png, Waits"
        end(queue, first)
        assert index.data(ENTRY).standing is S.DONE
        assert panel.line.text().startswith("1 of 2 done")

    def test_the_picture_appears(self, panel: QueuePanel, queue: Queue, qtbot: QtBot) -> None:
        (key,) = put(queue, qtbot, "a")
        qtbot.waitUntil(queue.thumbnail_path(key).is_file)
        assert not panel.list.model().index(0, 0).data(PICTURE).isNull()

    @pytest.mark.parametrize("tones", [DARK, LIGHT])
    def test_every_standing_can_be_painted(self, queue: Queue, qtbot: QtBot, tones: object) -> None:
        panel = QueuePanel(queue, lambda: tones)  # type: ignore[arg-type, return-value]
        qtbot.addWidget(panel)
        panel.resize(300, 700)
        keys = put(queue, qtbot, "a" * 200, "b", "c", "d", "e")
        queue._workers[keys[0]].progressed.emit(0.4, "octave " * 40, None)
        queue.pause_job(keys[1])
        queue.cancel(keys[2])
        queue._fail(keys[3], "cat.png: there is no such file; a picture file is expected " * 3)
        image = panel.grab().toImage()
        fault = [image.pixelColor(x, y).name() for x in range(80, 260) for y in range(300, 420)]
        assert tones.fault in fault  # type: ignore[attr-defined]

    def test_the_whole_queue_is_paused_started_and_cleared(
        self, panel: QueuePanel, queue: Queue, qtbot: QtBot
    ) -> None:
        first, _ = put(queue, qtbot, "a", "b")
        QTest.mouseClick(panel.toggle, LEFT)
        assert not queue.going
        assert panel.toggle.text() == "Start the Queue"
        assert panel.line.text() == "0 of 2 done, paused"
        QTest.mouseClick(panel.toggle, LEFT)
        assert standings(queue, qtbot) == [S.RUNNING, S.WAITING]
        end(queue, first)
        QTest.mouseClick(panel.clear, LEFT)
        assert names(queue) == "b"
        assert not panel.clear.isEnabled()


class TestMouse:
    def test_the_buttons_of_a_card(self, panel: QueuePanel, queue: Queue, qtbot: QtBot) -> None:
        put(queue, qtbot, "a", "b")
        view = panel.list.viewport()
        QTest.mouseClick(view, LEFT, pos=button(panel, 0))
        assert standings(queue, qtbot) == [S.PAUSED, S.RUNNING]
        QTest.mouseClick(view, LEFT, pos=button(panel, 0))
        assert standings(queue, qtbot) == [S.WAITING, S.RUNNING]
        QTest.mouseClick(view, LEFT, pos=button(panel, 1, below=True))
        assert standings(queue, qtbot) == [S.RUNNING, S.CANCELLED]
        QTest.mouseClick(view, LEFT, pos=button(panel, 1, below=True))
        assert names(queue) == "a"

    def test_beside_them_it_is_only_chosen(self, panel: QueuePanel, queue: Queue, qtbot: QtBot) -> None:
        put(queue, qtbot, "a", "b")
        QTest.mouseClick(panel.list.viewport(), LEFT, pos=box(panel, 1))
        assert panel.list.currentIndex().row() == 1
        assert standings(queue, qtbot) == [S.RUNNING, S.WAITING]

    def test_a_double_click_opens_what_is_done(self, panel: QueuePanel, queue: Queue, qtbot: QtBot) -> None:
        first, _ = put(queue, qtbot, "a", "b")
        end(queue, first, Path("/out/a 2.png"))
        opened: list[Path] = []
        panel.opened.connect(opened.append)
        for row in (0, 1):
            QTest.mouseClick(panel.list.viewport(), LEFT, pos=box(panel, row))
            QTest.mouseDClick(panel.list.viewport(), LEFT, pos=box(panel, row))
        assert opened == [Path("/out/a 2.png")]

    def test_the_buttons_say_what_they_do(self, panel: QueuePanel, queue: Queue, qtbot: QtBot) -> None:
        put(queue, qtbot, "a")
        view = panel.list.viewport()
        at = button(panel, 0, below=True)
        QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, at, view.mapToGlobal(at)))
        assert "Cancel (Del)" in QToolTip.text()
        QToolTip.hideText()

    @pytest.mark.parametrize(
        ("row", "onto", "order"), [(2, 0, "cab"), (0, 2, "bac"), (0, -1, "bca"), (1, 1, "abc")]
    )
    def test_dropping_moves(
        self, panel: QueuePanel, queue: Queue, qtbot: QtBot, row: int, onto: int, order: str
    ) -> None:
        put(queue, qtbot, "a", "b", "c")
        model = panel.list.model()
        mime = model.mimeData([model.index(row, 0)])
        taken = model.dropMimeData(mime, Qt.DropAction.MoveAction, onto, 0, QModelIndex())
        assert not taken, "or the view would take out a row of its own"
        assert names(queue) == order

    def test_strange_things_may_be_dropped(self, panel: QueuePanel, queue: Queue, qtbot: QtBot) -> None:
        put(queue, qtbot, "a", "b")
        mime = QMimeData()
        mime.setText("b")
        event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, LEFT, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(panel.list.viewport(), event)
        assert names(queue) == "ab"


class TestKeys:
    @pytest.fixture
    def keys(self, panel: QueuePanel, queue: Queue, qtbot: QtBot) -> list[str]:
        keys = put(queue, qtbot, "a", "b", "c")
        panel.list.setFocus()
        panel.list.show_current(keys[0])
        return keys

    @pytest.mark.usefixtures("keys")
    def test_alt_and_the_arrows_move_it_and_it_stays_chosen(self, panel: QueuePanel, queue: Queue) -> None:
        alt = Qt.KeyboardModifier.AltModifier
        for key, order in (("Right", "bac"), ("Down", "bca"), ("Right", "bca"), ("Left", "bac"), ("Up", "abc")):
            QTest.keyClick(panel.list, Qt.Key[f"Key_{key}"], alt)
            assert names(queue) == order
            entry = panel.list.current()
            assert entry is not None
            assert entry.job.output.stem == "a"

    @pytest.mark.usefixtures("keys")
    def test_space_pauses_and_goes_on(self, panel: QueuePanel, queue: Queue, qtbot: QtBot) -> None:
        QTest.keyClick(panel.list, Qt.Key.Key_Space)
        assert standings(queue, qtbot) == [S.PAUSED, S.RUNNING, S.WAITING]
        QTest.keyClick(panel.list, Qt.Key.Key_Space)
        assert standings(queue, qtbot) == [S.WAITING, S.RUNNING, S.WAITING]

    @pytest.mark.usefixtures("keys")
    def test_delete_cancels_then_removes_and_its_neighbour_is_next(
        self, panel: QueuePanel, queue: Queue, qtbot: QtBot
    ) -> None:
        for left in ("abc", "bc", "bc", "c", "c", ""):
            QTest.keyClick(panel.list, Qt.Key.Key_Delete)
            qtbot.waitUntil(lambda: not queue._turn.isActive())
            assert names(queue) == left

    @pytest.mark.usefixtures("keys")
    def test_the_arrows_walk_over_the_cards(self, panel: QueuePanel) -> None:
        QTest.keyClick(panel.list, Qt.Key.Key_Right)
        assert panel.list.currentIndex().row() == 1

    def test_enter_opens_only_what_is_done(self, panel: QueuePanel, queue: Queue, keys: list[str]) -> None:
        opened: list[Path] = []
        panel.opened.connect(opened.append)
        QTest.keyClick(panel.list, Qt.Key.Key_Return)
        end(queue, keys[0])
        QTest.keyClick(panel.list, Qt.Key.Key_Return)
        assert opened == [Path("/nowhere/made.png")]

    def test_the_menu_has_what_may_be_done(self, panel: QueuePanel, queue: Queue, keys: list[str]) -> None:
        end(queue, keys[0])
        menu = panel.list.menu_at(box(panel, 0))
        assert isinstance(menu, QMenu)
        words = [action.text() for action in menu.actions() if action.text()]
        assert words[:3] == ["Open in the Studio", "Show in Folder", "Make Once More"]
        assert words[-1] == "Remove from the Queue"
        shown: list[Path] = []
        panel.shown.connect(shown.append)
        menu.actions()[1].trigger()
        menu.close()
        assert shown == [Path("/nowhere/made.png")]


@pytest.fixture
def out(settings: Settings, tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    settings.save_folder = folder
    return folder


@pytest.fixture
def studio(
    window: Window, out: Path, photo: Picture, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Window:
    """A window with a photo, and a queue of its own in which nothing is really made."""
    assert out.exists()
    monkeypatch.setattr(window.queue.queue._store, "_folder", tmp_path / "data" / "queue")
    monkeypatch.setattr(window.queue.queue, "_make", Hand)
    session.adopt(photo)
    return window


def said(window: Window) -> list[str]:
    return [line.message.text for line in window.stage.messages.lines()]


class TestAdding:
    def test_the_picture_as_it_is_now(self, studio: Window, session: Session, out: Path) -> None:
        assert studio.queue.queue.tally == Tally()
        studio.actions_.enqueue.trigger()
        studio.actions_.enqueue.trigger()
        first, second = studio.queue.queue.entries
        assert first.job.recipe == session.recipe
        assert first.job.source == "cat.png"
        assert [first.job.output, second.job.output] == [out / "cat dream.png", out / "cat dream 2.png"]
        assert "Added to the queue: cat dream.png" in said(studio)

    def test_a_file_that_is_there_keeps_its_name(self, studio: Window, out: Path) -> None:
        (out / "cat dream.png").touch()
        studio.actions_.enqueue.trigger()
        assert studio.queue.queue.entries[0].job.output == out / "cat dream 2.png"

    def test_the_queue_comes_forward_with_the_first(self, studio: Window) -> None:
        dock = studio.docks._queue
        assert not dock.isVisible()
        studio.actions_.enqueue.trigger()
        assert dock.isVisible()
        dock.hide()
        studio.actions_.enqueue.trigger()
        assert not dock.isVisible(), "who put it away does not want it back with every picture"

    def test_without_a_photo_it_says_so(self, window: Window) -> None:
        window.actions_.enqueue.trigger()
        assert not window.queue.queue.entries
        assert window.stage.messages.lines()[-1].message.tone is Tone.ERROR
        assert window.queue.add_with() is None

    def test_clouds_need_none(self, studio: Window, session: Session) -> None:
        session.set_start(Start.CLOUDS)
        studio.actions_.enqueue.trigger()
        job = studio.queue.queue.entries[0].job
        assert job.photo is None
        assert job.output.name == "Clouds dream.png"

    def test_variants_with_seeds_of_their_own(self, studio: Window, session: Session, tmp_path: Path) -> None:
        session.set_value("seed", 999_998)
        dialog = studio.queue.add_with()
        assert dialog is not None
        dialog.size_.setValue(320)
        dialog.seeds.setValue(3)
        dialog.kind.setCurrentIndex(4)
        dialog.ask_folder = lambda: tmp_path  # type: ignore[method-assign]
        QTest.mouseClick(dialog.folder, LEFT)
        assert dialog.line.text() == "Makes 3 pictures"
        QTest.mouseClick(dialog.add, LEFT)
        jobs = [entry.job for entry in studio.queue.queue.entries]
        assert [job.recipe.seed for job in jobs] == [999_998, 999_999, 0]
        assert {job.recipe.size for job in jobs} == {320}
        assert [job.output.name for job in jobs] == ["cat dream.jpg", "cat dream 2.jpg", "cat dream 3.jpg"]
        assert {job.output.parent for job in jobs} == {tmp_path}
        studio.actions_.enqueue.trigger()
        job = studio.queue.queue.entries[-1].job
        assert (job.output, job.recipe.size) == (tmp_path / "cat dream 4.jpg", session.recipe.size)

    def test_several_photos_get_the_recipe(
        self, studio: Window, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        session.set_mode(Mode.IMAGINE)
        photos = [tmp_path / "dog.jpg", tmp_path / "gone.png"]
        monkeypatch.setattr(studio.queue, "ask_photos", lambda: photos)
        dialog = studio.queue.add_photos()
        assert dialog is not None
        assert dialog.line.text() == "Makes 2 pictures of 2 photos"
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        jobs = [entry.job for entry in studio.queue.queue.entries]
        assert [job.photo for job in jobs] == photos
        assert {job.recipe.mode for job in jobs} == {Mode.DREAM}
        assert [job.output.name for job in jobs] == ["dog dream.png", "gone dream.png"]
        assert "Added 2 pictures to the queue" in said(studio)

    def test_thinking_better_of_it_adds_nothing(self, studio: Window, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(studio.queue, "ask_photos", list)
        assert studio.queue.add_photos() is None
        dialog = studio.queue.add_with()
        assert dialog is not None
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert not studio.queue.queue.entries

    def test_what_would_blur_away_the_fooling_is_said(
        self, studio: Window, session: Session, settings: Settings
    ) -> None:
        settings.queue_format = "JPEG, fine"
        session.set_mode(Mode.FOOL)
        studio.actions_.enqueue.trigger()
        assert any("blurs away" in line for line in said(studio))

    def test_a_paused_queue_is_named(self, studio: Window) -> None:
        studio.queue.queue.pause()
        studio.actions_.enqueue.trigger()
        assert "Added to the queue: cat dream.png, which is paused" in said(studio)


class TestTelling:
    def test_the_title_begins_with_the_share(self, studio: Window, qtbot: QtBot) -> None:
        queue = studio.queue.queue
        put(queue, qtbot, "a")
        assert studio.windowTitle() == "(0 %) cat.png[*] - Inceptionist"
        queue._workers[queue.entries[0].key].progressed.emit(0.438, "octave 1 of 2", None)
        assert studio.windowTitle() == "(43 %) cat.png[*] - Inceptionist"
        end(queue, queue.entries[0].key)
        assert studio.windowTitle() == "cat.png[*] - Inceptionist"

    @pytest.mark.parametrize("looking", [True, False])
    def test_the_end_is_told(
        self, studio: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, looking: bool
    ) -> None:
        alerted: list[object] = []
        monkeypatch.setattr(QApplication, "alert", lambda window: alerted.append(window))
        monkeypatch.setattr(studio, "isActiveWindow", lambda: looking)
        queue = studio.queue.queue
        put(queue, qtbot, "a")
        end(queue, queue.entries[0].key)
        qtbot.waitUntil(lambda: "The queue: 1 picture is done" in said(studio))
        assert bool(alerted) is not looking

    def test_what_is_gone_is_not_opened(
        self, studio: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shown: list[object] = []
        monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
        panel = studio.queue.panel()
        qtbot.addWidget(panel)
        panel.opened.emit(Path("/nowhere/a.png"))
        panel.shown.emit(Path("/nowhere/a.png"))
        assert "a.png is no longer where it was saved" in said(studio)[-1]
        assert not shown

    def test_the_folder_is_shown(
        self, studio: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, out: Path
    ) -> None:
        shown: list[str] = []
        monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
        (out / "a.png").touch()
        panel = studio.queue.panel()
        qtbot.addWidget(panel)
        panel.shown.emit(out / "a.png")
        assert shown == [str(out)]

    def test_in_words(self) -> None:
        assert percent(0.999) == "99 %"
        assert summary(Tally(), going=True) == ""
        assert summary(Tally(3, 1, 1, 0, 0.7), going=True) == "1 of 3 done, 1 failed, 70 %"
        assert summary(Tally(3, 3, 0, 0, 1.0), going=True) == "3 of 3 done"
        assert outcome(Tally(3, 2, 1)) == "The queue: 2 pictures are done, 1 failed"
        assert outcome(Tally(1, 0, 1)) == "The queue: 1 failed"


def test_what_was_paused_says_where_it_stands_and_goes_on(panel: QueuePanel, queue: Queue, qtbot: QtBot) -> None:
    (key,) = put(queue, qtbot, "a")
    queue._set(key, standing=S.PAUSED, done=0.43)
    assert status(queue.entries[0]) == ("Paused at 43 %", "")
    panel._do(key, Verb.RESUME)
    panel._do("nobody", Verb.REMOVE)
    assert standings(queue, qtbot) == [S.RUNNING]
