from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from inceptionist_gui.media import Picture, Project
from inceptionist_gui.media.paper import PAPERS
from inceptionist_gui.recipe import ClassGoal, LayerGoal, Provenance, Recipe
from inceptionist_gui.render.print_forecast import Forecast, Needs
from inceptionist_gui.render.print_job import Orientation, PrintJob
from inceptionist_gui.session.files import found
from inceptionist_gui.session.printing import Printing
from inceptionist_gui.session.session import Session
from inceptionist_gui.ui import print_paper
from inceptionist_gui.ui.print_dialog import PrintDialog
from inceptionist_gui.ui.print_form import FILE_KINDS
from inceptionist_gui.ui.window import Window

pytestmark = pytest.mark.qt
RECIPE = Recipe(goals=(LayerGoal(layer="blocks.1"), ClassGoal(label="banana")))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, PrintJob, object]]:
    """What the dialog asks of its process, which is not begun."""
    calls: list[tuple[str, PrintJob, object]] = []

    def start(self: Printing, job: PrintJob) -> None:
        calls.append(("print", job, None))
        self._printing = True
        self.changed.emit()

    monkeypatch.setattr(Printing, "start", start)
    monkeypatch.setattr(Printing, "foretell", lambda _, job: calls.append(("forecast", job, None)))
    monkeypatch.setattr(Printing, "look", lambda _, job, spot: calls.append(("look", job, spot)))
    return calls


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path, asked: list[object]) -> Iterator[PrintDialog]:  # noqa: ARG001
    pixels = np.random.default_rng(0).integers(0, 256, (40, 60, 3), dtype=np.uint8)
    result = Picture(pixels, provenance=Provenance(recipe=RECIPE))
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = PrintDialog(Project(RECIPE, None, result), "cat.jpg", tmp_path, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    dialog.show()
    qtbot.waitExposed(dialog)
    yield dialog
    dialog.close()


def test_it_proposes_a_size_and_says_what_it_comes_to(dialog: PrintDialog) -> None:
    assert dialog.size_line.text() == "7087 x 4724 px, 60.0 x 40.0 cm, 33.5 megapixels"
    dialog.form.dpi.setValue(100)
    assert dialog.size_line.text() == "2362 x 1575 px, 60.0 x 40.0 cm, 3.7 megapixels"


def test_units_tell_the_same_width(dialog: PrintDialog) -> None:
    dialog.form.unit.setCurrentText("px")
    assert dialog.form.width_.value() == 7087
    dialog.form.unit.setCurrentText("in")
    assert dialog.form.width_.value() == pytest.approx(23.6)


def test_a_paper_lies_as_it_is_asked_to(dialog: PrintDialog) -> None:
    a1 = [paper.name for paper in PAPERS].index("a1")
    dialog.form.paper.setCurrentIndex(a1 + 1)
    assert not dialog.form.width_.isEnabled()
    assert dialog.size_line.text().startswith("9933 x 7016 px")
    dialog.form.orientation.setCurrentIndex(1)
    assert dialog.size_line.text().startswith("7016 x 9933 px")


def test_what_cannot_be_is_said(dialog: PrintDialog) -> None:
    dialog.form.width_.setValue(1500.0)
    assert "megapixels" in dialog.line.text()
    assert dialog.size_line.text() == ""
    dialog.form.width_.setValue(10.0)
    assert dialog.line.text() == ""


def test_everything_that_is_chosen_is_asked_for(
    dialog: PrintDialog,
    asked: list[tuple[str, PrintJob, object]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    form = dialog.form
    form.kind.setCurrentIndex([kind.title for kind in FILE_KINDS].index("PDF page, 16 bit"))
    form.profile.setCurrentIndex(1)
    form.detail.setValue(150)
    form.bleed.setValue(3.0)
    QTest.mouseClick(form.marks, Qt.MouseButton.LeftButton, pos=QPoint(8, form.marks.height() // 2))
    form.goals.item(0).setCheckState(Qt.CheckState.Unchecked)
    QTest.keyClicks(form.title, "Cats")
    suggested: list[Path] = []

    def answer(_: PrintDialog, suggestion: Path) -> Path:
        suggested.append(suggestion)
        return tmp_path / "b.pdf"

    monkeypatch.setattr(PrintDialog, "ask_output", answer)
    QTest.mouseClick(dialog.print_, Qt.MouseButton.LeftButton)
    assert suggested == [tmp_path / "cat print.pdf"]
    ((what, job, _),) = asked
    assert what == "print"
    assert job == PrintJob(
        source=Path(), output=tmp_path / "b.pdf", width=600.0, depth=16, profile="adobe-rgb", detail=1.5,
        bleed=3.0, marks=True, goals=(1,), title="Cats",
    )  # fmt: skip


def test_a_profile_from_a_file(dialog: PrintDialog, asked: list[tuple[str, PrintJob, object]]) -> None:
    dialog.form.ask_profile = lambda: "/a/paper.icc"  # type: ignore[method-assign]
    dialog.form.profile.setCurrentIndex(2)
    dialog.form.profile.activated.emit(2)
    dialog.forecast.click()
    assert asked[-1][1].profile == "/a/paper.icc"
    dialog.form.ask_profile = str  # type: ignore[method-assign]
    dialog.form.profile.activated.emit(2)
    assert dialog.form.profile.currentIndex() == 0
    dialog.forecast.click()
    assert asked[-1][1].profile == "srgb"


def test_a_click_on_the_picture_looks_there(
    dialog: PrintDialog, asked: list[tuple[str, PrintJob, object]]
) -> None:
    pointer = dialog.spots.pointer
    QTest.mouseClick(pointer, Qt.MouseButton.LeftButton, pos=QPoint(pointer.width() // 2, pointer.height() // 2))
    what, _, spot = asked[-1]
    assert what == "look"
    assert isinstance(spot, tuple)
    assert spot[0] + spot[2] / 2 == pytest.approx(7087 / 2, abs=20)
    assert "Drawing" in dialog.spots.line.text()
    QTest.keyClick(pointer, Qt.Key.Key_Left)
    QTest.keyClick(pointer, Qt.Key.Key_Return)
    assert asked[-1][2][0] < spot[0]  # type: ignore[index]
    picture = QPixmap(20, 20)
    picture.fill(QColor("red"))
    dialog.spots.show_spot(picture)
    assert "100 %" in dialog.spots.line.text()


def test_a_forecast_is_told_in_words(dialog: PrintDialog) -> None:
    dialog.printing.foretold.emit(Forecast(75.0, Needs(800_000_000, 10**9, 2 * 10**9, 180_000_000)))
    assert "About 1:15, 800 MB of memory, 3.0 GB of disk" in dialog.line.text()
    assert "a file of 180 MB" in dialog.line.text()


def test_progress_pause_and_stop(dialog: PrintDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[str] = []
    monkeypatch.setattr(Printing, "hold", lambda _: held.append("hold"))
    monkeypatch.setattr(PrintDialog, "ask_output", lambda *_: tmp_path / "b.tif")
    dialog.print_.click()
    assert not dialog.form.isEnabled()
    assert not dialog.print_.isEnabled()
    dialog.printing.progressed.emit(0.5, "octave 1 of 2", 65.0)
    assert dialog.bar.value() == 500
    assert dialog.line.text() == "octave 1 of 2, 1:05 left"
    QTest.mouseClick(dialog.pause, Qt.MouseButton.LeftButton)
    assert held == ["hold"]
    QTest.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)
    assert dialog.form.isEnabled()
    assert "goes on from here" in dialog.line.text()


def test_the_end_is_told(dialog: PrintDialog, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(dialog.said) as told:
        dialog.printing.printed.emit(tmp_path / "b.tif")
    assert told.args == ["Printed b.tif"]
    dialog.printing.failed.emit("disk: full")
    assert dialog.line.text() == "disk: full"


def test_a_printer_gets_the_size_of_its_paper(
    dialog: PrintDialog, asked: list[tuple[str, PrintJob, object]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    monkeypatch.setattr(print_paper, "ask_printer", lambda _: printer)
    dialog.printer.click()
    _, job, _ = asked[-1]
    assert job.width is not None
    assert job.height is not None
    assert (job.orientation, job.depth, job.marks) == (Orientation.GIVEN, 8, False)
    assert job.height / job.width > 1.2
    drawn = QPixmap(30, 40)
    drawn.fill(QColor("blue"))
    drawn.save(str(tmp_path / "drawn.png"))
    dialog.printing.printed.emit(tmp_path / "drawn.png")
    assert dialog.line.text() == "Sent to the printer"
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")
    assert not (tmp_path / "drawn.png").exists()


def test_no_printer_no_print(
    dialog: PrintDialog, asked: list[tuple[str, PrintJob, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(print_paper, "ask_printer", lambda _: None)
    dialog.printer.click()
    assert asked == []


@pytest.mark.parametrize(
    "way",
    [
        lambda dialog: dialog.close_.click(),
        lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape),
        lambda dialog: dialog.close(),
    ],
    ids=["button", "escape", "cross"],
)
def test_closing_takes_away_what_was_made_for_it(
    dialog: PrintDialog, way: Callable[[PrintDialog], object]
) -> None:
    folder = dialog.printing.source.parent
    assert folder.exists()
    way(dialog)
    assert not dialog.isVisible()
    assert not folder.exists()


def test_the_window_prints_what_it_shows(window: Window, session: Session, photo: Picture) -> None:
    assert not window.actions_.print_.isEnabled()
    assert window.prints.open() is None
    result = Picture(photo.pixels, provenance=Provenance(recipe=RECIPE))
    session.adopt_work(found(Project(RECIPE, photo, result)))
    assert window.actions_.print_.isEnabled()
    window.actions_.print_.trigger()
    (dialog,) = window.findChildren(PrintDialog)
    assert not dialog.isModal()
    assert dialog.form.goals.count() == 2
    dialog.close()
