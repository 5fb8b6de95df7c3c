"""What the queue's panel says of a job, and what may be done with one."""

from enum import StrEnum

from inceptionist_gui.render.duration import clock
from inceptionist_gui.session.queue_entry import Entry, Standing, Tally
from inceptionist_gui.words import _, later, n_


class Verb(StrEnum):
    """What may be done with a job."""

    PAUSE = later("Pause")
    RESUME = later("Resume")
    OPEN = later("Open in the Studio")
    SHOW = later("Show in Folder")
    RETRY = later("Make Once More")
    EARLIER = later("Move Ahead")
    LATER = later("Move Back")
    CANCEL = later("Cancel")
    REMOVE = later("Remove from the Queue")


KEYS = {
    Verb.PAUSE: "Space",
    Verb.RESUME: "Space",
    Verb.OPEN: "Return",
    Verb.EARLIER: "Alt+Left",
    Verb.LATER: "Alt+Right",
    Verb.CANCEL: "Del",
    Verb.REMOVE: "Del",
}

_BY_STANDING = {
    Standing.WAITING: (Verb.PAUSE, Verb.CANCEL),
    Standing.RUNNING: (Verb.PAUSE, Verb.CANCEL),
    Standing.PAUSED: (Verb.RESUME, Verb.CANCEL),
    Standing.DONE: (Verb.OPEN, Verb.SHOW, Verb.RETRY, Verb.REMOVE),
    Standing.FAILED: (Verb.RETRY, Verb.REMOVE),
    Standing.CANCELLED: (Verb.RETRY, Verb.REMOVE),
}
"""The first is what is wanted most, the last ends it."""


def possible(entry: Entry) -> tuple[Verb, ...]:
    """What may be done with the job, as it stands; where it stands in the line aside."""
    return _BY_STANDING[entry.standing]


def title(entry: Entry) -> str:
    """The name of its file."""
    return (entry.output or entry.job.output).name


def status(entry: Entry) -> tuple[str, str]:
    """How it stands, in up to two short lines."""
    match entry.standing:
        case Standing.RUNNING:
            left = "" if entry.seconds_left is None else _("{time} left").format(time=clock(entry.seconds_left))
            return _capital(entry.stage) or _("Starting"), left
        case Standing.DONE:
            return _("Done in {time}").format(time=clock(entry.seconds)), ""
        case Standing.FAILED:
            # It may begin with the name of a file.
            return entry.line, ""
        case Standing.CANCELLED:
            return _("Cancelled"), ""
        case Standing.PAUSED:
            return (_("Paused at {share}").format(share=percent(entry.done)) if entry.done else _("Paused")), ""
    return (_("Waits at {share}").format(share=percent(entry.done)) if entry.done else _("Waits")), ""


def spoken(entry: Entry) -> str:
    """All of it, as a screen reader says it."""
    share = [percent(entry.done)] if entry.standing is Standing.RUNNING else []
    return ", ".join(filter(None, (title(entry), *status(entry), *share)))


def percent(share: float) -> str:
    # Rounded down: what is not done is not at 100 %.
    return f"{int(share * 100)} %"


def summary(tally: Tally, *, going: bool) -> str:
    """The whole queue in a line."""
    if not tally.total:
        return ""
    parts = [_("{done} of {total} done").format(done=tally.done, total=tally.total)]
    if tally.failed:
        parts.append(n_("{count} failed", "{count} failed", tally.failed).format(count=tally.failed))
    if tally.share < 1.0:
        parts.append(percent(tally.share) if going else _("paused"))
    return ", ".join(parts)


def outcome(tally: Tally) -> str:
    """What a stretch of work came to."""
    done = n_("{count} picture is done", "{count} pictures are done", tally.done).format(count=tally.done)
    failed = n_("{count} failed", "{count} failed", tally.failed).format(count=tally.failed)
    said = ", ".join(text for text, count in ((done, tally.done), (failed, tally.failed)) if count)
    return _("The queue: {said}").format(said=said)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
