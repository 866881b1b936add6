# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the windows as a person does: finds widgets by role and name, presses, types, looks.

    class TestSomething(UiTestCase):
        def test_it(self):
            window = self.start_window()
            window.find("button", "Add").press()

Widgets are found over the accessibility bus, by the names that a screen reader says; each `find`
waits until the widget is there. The programs come from the environment (meson sets it):
LANYARD_GTK, LANYARD_CLI, LANYARD_SCHEMAS.
"""

from __future__ import annotations

import functools
import os
import re
import subprocess
import sys
import time
import unittest
import warnings
from pathlib import Path
from typing import Callable, Iterator, Optional

import crash
from desktop import PATIENCE, VANISHED, Session, TooLate, missing_programs, wait_until

APP_ID = "io.github.lanyard.Lanyard"
DEMO_PROVIDER = Path(__file__).parent.parent / "support" / "demo-provider" / "demo-provider.py"
SKIPPED = 77
SOURCES = Path(__file__).parent.parent.parent / "src" / "ui"
# The label of a menu's item with a mnemonic, in C and in a .ui file.
LABEL = re.compile(r'(?:_ \("|<attribute name="label" translatable="yes">)([^"<\n]*_\w[^"<\n]*)')
# What is not ours: libadwaita 1.7 measures the labels of its message dialogs so that GTK 4.18 warns,
# and WebKit's own processes end without goodbye.
FOREIGN = re.compile(r"Trying to measure GtkLabel|Error releasing name \S+\.Sandboxed\.WebProcess")

# What AT-SPI calls the roles, in the words of the tests.
ROLES = {
    "button": ("push button", "button"),
    "toggle": ("toggle button", "push button"),
    "row": ("table row",),
    "window": ("frame", "window"),
    "dialog": ("dialog", "alert"),
    "menu item": ("menu item", "check menu item", "radio menu item"),
    "entry": ("entry", "text", "password text"),
    "label": ("label",),
    "switch": ("toggle button", "switch"),
    "list": ("list",),
}


class Widget:
    """One widget, as a screen reader sees it."""

    def __init__(self, program: "Program", accessible: object) -> None:
        self.program = program
        self.accessible = accessible

    @property
    def name(self) -> str:
        """Its accessible name. GTK says that of a button with a mnemonic twice: "_Undo Undo"."""
        name = (self.accessible.get_name() or "").replace("_", "")
        half = len(name) // 2
        return name[:half] if name == f"{name[:half]} {name[:half]}" else name

    @property
    def role(self) -> str:
        """Its role in AT-SPI's words."""
        return self.accessible.get_role_name()

    @property
    def text(self) -> str:
        """What is entered."""
        # By the class: an accessible of a later AT-SPI has an older method of the same name.
        interface = self.program.atspi.Text
        count = interface.get_character_count(self.accessible)
        return interface.get_text(self.accessible, 0, count)

    def has_state(self, name: str) -> bool:
        """Whether it is `focused`, `checked`, `pressed`, `sensitive`…"""
        atspi = self.program.atspi
        return self.accessible.get_state_set().contains(
            getattr(atspi.StateType, name.upper().replace(" ", "_")))

    def get_extents(self) -> tuple[int, int, int, int]:
        """x, y, width, height in its window."""
        component = self.accessible.get_component_iface()
        if component is None:
            return 0, 0, 0, 0
        extents = component.get_extents(self.program.atspi.CoordType.WINDOW)
        return extents.x, extents.y, extents.width, extents.height

    def is_shown(self) -> bool:
        """Whether the person can see it."""
        _, _, width, height = self.get_extents()
        return width > 0 and height > 0 and self.has_state("visible")

    def children(self) -> Iterator["Widget"]:
        """Its direct children."""
        for index in range(self.accessible.get_child_count()):
            child = self.accessible.get_child_at_index(index)
            if child is not None:
                yield Widget(self.program, child)

    def walk(self) -> Iterator["Widget"]:
        """It and everything in it, in reading order."""
        yield self
        for child in self.children():
            yield from child.walk()

    def search(self, role: str, name: object = None) -> list["Widget"]:
        """What is there now; name: a text, or a compiled pattern that is searched."""
        return [widget for widget in self.walk() if widget.matches(role, name)]

    def matches(self, role: str, name: object = None) -> bool:
        """Whether it has that role and name."""
        if self.role not in ROLES.get(role, (role,)):
            return False
        if name is None:
            return True
        names = [self.name]
        if role == "menu item" and not self.name:
            names = self.guess_names()
        if isinstance(name, re.Pattern):
            return any(name.search(known) for known in names)
        return name in names

    def guess_names(self) -> list[str]:
        """What an item may be called to which GTK 4.18 gives no name: what has its mnemonic."""
        shortcut = (self.accessible.get_attributes() or {}).get("keyshortcuts", "")
        return read_mnemonics().get(shortcut.removeprefix("Alt+").lower(), [])

    def find(self, role: str, name: object = None, patience: float = PATIENCE) -> "Widget":
        """The first of that role and name that is shown, as soon as there is one."""
        try:
            return wait_until(
                lambda: next((w for w in self.search(role, name) if w.is_shown()), None),
                f"a {role} {name!r}", patience)
        except TooLate as error:
            raise TooLate(f"{error}; there is:\n{self.describe()}") from None

    def wait_gone(self, role: str, name: object = None) -> None:
        """Waits until there is none that is shown."""
        wait_until(lambda: not any(w.is_shown() for w in self.search(role, name)),
                   f"the {role} {name!r} to go away")

    def press(self) -> None:
        """Does what a click does, or what one on the button in it does."""
        interface = self.program.atspi.Action
        for widget in self.walk():
            actions = widget.accessible.get_action_iface()
            if actions is not None and interface.get_n_actions(actions) > 0:
                interface.do_action(actions, 0)
                return
        raise AssertionError(f"nothing can be pressed in:\n{self.describe()}")

    def click(self, button: int = 1) -> None:
        """Moves the pointer to its middle and clicks."""
        x, y, width, height = self.get_extents()
        self.program.click(x + width // 2, y + height // 2, button)

    def describe(self) -> str:
        """The tree, for messages."""
        lines: list[str] = []

        def describe_one(widget: "Widget", depth: int) -> None:
            lines.append(f"{'  ' * depth}{widget.role} {widget.name!r}")
            for child in widget.children():
                describe_one(child, depth + 1)

        try:
            describe_one(self, 0)
        except self.program.glib.Error as error:
            lines.append(str(error))
        return "\n".join(lines)


class Activated:
    """What the bus started: as much of it as Program needs."""

    returncode: Optional[int] = None

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> Optional[int]:
        """Whether it has ended; how, only the bus knows."""
        try:
            with open(f"/proc/{self.pid}/stat", encoding="utf-8") as file:
                return 0 if file.read().rpartition(")")[2].split()[0] == "Z" else None
        except OSError:
            return 0


@functools.cache
def read_mnemonics() -> dict[str, list[str]]:
    """The labels of the menus that have a mnemonic, by its letter."""
    found: dict[str, list[str]] = {}
    for path in [*SOURCES.rglob("*-menu.c"), *SOURCES.rglob("*.ui")]:
        for label in LABEL.findall(path.read_text(encoding="utf-8")):
            letter = label[label.index("_") + 1].lower()
            found.setdefault(letter, []).append(label.replace("_", ""))
    return found


class Program:
    """A running lanyard-gtk."""

    def __init__(self, session: Session, process: subprocess.Popen | Activated) -> None:
        self.session = session
        self.process = process
        self.atspi, self.glib = load_atspi(session)

    def find_application(self) -> Optional[Widget]:
        """It on the accessibility bus, once it is there."""
        desktop = self.atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None and child.get_process_id() == self.process.pid:
                child.set_cache_mask(self.atspi.Cache.NONE)
                return Widget(self, child)
        return None

    def window(self, title: object = "Lanyard", patience: float = PATIENCE) -> Widget:
        """A window by its title, as soon as it is there."""
        def find_window() -> Optional[Widget]:
            if self.process.poll() is not None or self.has_died():
                raise AssertionError(self.describe_end())
            application = self.find_application()
            if application is None:
                return None
            for widget in application.children():
                if isinstance(title, str) and widget.name == title:
                    return widget
                if isinstance(title, re.Pattern) and title.search(widget.name):
                    return widget
            return None

        return wait_until(find_window, f"the window {title!r}", patience)

    def dialog(self, title: object = None) -> Widget:
        """A message dialog, as soon as it is there."""
        def find_dialog() -> Optional[Widget]:
            application = self.find_application()
            for widget in application.children() if application else []:
                if widget.matches("dialog") and (title is None or widget.search("label", title)):
                    return widget
            return None

        return wait_until(find_dialog, f"the dialog {title!r}")

    def get_x_window(self) -> str:
        """The window of the display that has the focus, or the only one."""
        output = self.session.run(["xdotool", "search", "--onlyvisible", "--pid",
                                   str(self.process.pid)])
        return output.split()[-1]

    def focus(self, title: str = "Lanyard") -> None:
        """Gives a window the keyboard."""
        def try_focus() -> bool:
            found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", f"^{title}$"],
                                   env=self.session.environment, capture_output=True, text=True,
                                   check=False).stdout.split()
            if not found:
                return False
            self.session.run(["xdotool", "windowactivate", "--sync", found[-1]])
            return True

        wait_until(try_focus, f"the window {title!r} on the display")

    def key(self, *names: str) -> None:
        """Presses keys, one after the other: "Down", "ctrl+f"."""
        self.session.run(["xdotool", "key", "--delay", "15", *names])

    def type(self, text: str) -> None:
        """Types a text. What the keyboard has no key for is put on one for the moment, of which the
        program must hear before the key is pressed."""
        delay = "5" if text.isascii() else "100"
        self.session.run(["xdotool", "type", "--delay", delay, "--", text])

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Clicks at a place of the focused window, without its shadow."""
        self.session.run(["xdotool", "mousemove", "--window", self.get_x_window(), str(x), str(y),
                          "click", str(button)])

    def choose_file(self, title: str, path: Path) -> None:
        """Enters the path of a file that is there into the file chooser. What GTK 4.18 proposes while
        one types comes late, and stays behind the cursor; it is deleted."""
        self.focus(title)
        time.sleep(0.5)
        self.key("ctrl+l")
        time.sleep(0.5)
        self.type(str(path))
        time.sleep(1)
        self.key("shift+End", "Delete", "Return")

    def resize(self, width: int, height: int) -> None:
        """Gives the window another size."""
        self.session.run(["xdotool", "windowsize", "--sync", self.get_x_window(), str(width),
                          str(height)])

    def quit(self) -> None:
        """Ends it as the person does, and checks that it ended well."""
        self.session.call(APP_ID, "/" + APP_ID.replace(".", "/"), "org.gtk.Actions.Activate", "quit",
                          "[]", "{}")
        self.process.wait(PATIENCE)
        if self.process.returncode != 0:
            raise AssertionError(self.describe_end())

    def has_died(self) -> bool:
        """Whether it ended as nobody wanted it to, or is about to."""
        return (crash.has_died(self.process)
                or crash.is_dying(self.process, self.session.read_log("lanyard-gtk")))

    def describe_end(self) -> str:
        """How it ended, and all that it said; where it is if it has not ended quite yet."""
        if self.process.poll() is not None:
            return (f"the program ended with {self.process.returncode}:\n"
                    + self.session.read_log("lanyard-gtk"))
        stacks = crash.describe_stacks(self.process)
        return f"the program dies:\n{self.session.read_log('lanyard-gtk')}\n{stacks}"


def load_atspi(session: Session) -> tuple[object, object]:
    """AT-SPI's library; it looks at the environment when it is first used, so there is one session
    at a time in a test process."""
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = session.environment["DBUS_SESSION_BUS_ADDRESS"]
    os.environ["DISPLAY"] = session.environment["DISPLAY"]
    import gi
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, GLib
    warnings.simplefilter("ignore", DeprecationWarning)
    # It warns of each program that ends, and of GTK's, which has no cache.
    GLib.log_set_handler("dbind", GLib.LogLevelFlags.LEVEL_WARNING, lambda *_ignored: None, None)
    if GLib.Error not in VANISHED:
        VANISHED.append(GLib.Error)
    Atspi.init()
    # Asked anew each time: what is kept is only right in a program that runs a main loop.
    Atspi.get_desktop(0).set_cache_mask(Atspi.Cache.NONE)
    Atspi.set_timeout(5000, 10000)
    return Atspi, GLib


class UiTestCase(unittest.TestCase):
    """A session for each class, of which a file has one, and a new person for each test."""

    keyring: Optional[str] = "unlocked"
    language = "C.UTF-8"
    size = "1280x1000"

    @classmethod
    def setUpClass(cls) -> None:
        cls.session = Session(cls.keyring, cls.size, cls.language)
        cls.session.__enter__()
        cls.addClassCleanup(cls.session.close)
        cls.session.environment["GSETTINGS_SCHEMA_DIR"] = os.environ["LANYARD_SCHEMAS"]

    def setUp(self) -> None:
        self.programs: list[Program] = []
        self.session.reset()

    def tearDown(self) -> None:
        ends = [program.describe_end() for program in self.programs if program.has_died()]
        for program in self.programs:
            if program.process.poll() is None:
                self.session.end(program.process)
        log = self.take_log()
        if ends:
            self.fail("\n".join(ends))
        self.check_log(log)

    def take_log(self) -> str:
        """What the programs of this test said."""
        log = self.session.directory / "lanyard-gtk.log"
        if not log.exists():
            return ""
        text = log.read_text(encoding="utf-8", errors="replace")
        log.write_text("", encoding="utf-8")
        return text

    def check_log(self, log: str) -> None:
        """No warning of ours or of the libraries goes by unseen."""
        bad = [line for line in log.splitlines() if re.search(r"-(WARNING|CRITICAL|ERROR)", line)
               and not FOREIGN.search(line)]
        self.assertEqual(bad, [], "the program warned")
        if "Sanitizer" in log or "runtime error" in log:
            self.fail(log)

    def start_program(self, *arguments: str, **environment: str) -> Program:
        """Starts lanyard-gtk."""
        process = self.session.start([os.environ["LANYARD_GTK"], *arguments], "lanyard-gtk",
                                     env={**crash.make_wait(self.session.environment),
                                          **environment})
        program = Program(self.session, process)
        self.programs.append(program)
        return program

    def start_window(self, *arguments: str, **environment: str) -> Widget:
        """Starts lanyard-gtk, and returns its list when it is there and has the keyboard."""
        program = self.start_program(*arguments, **environment)
        window = program.window()
        program.focus()
        return window

    def lanyard(self, *arguments: str, **options: object) -> str:
        """Runs the command line."""
        return self.session.run([os.environ["LANYARD_CLI"], *arguments], **options)

    def start_demo_provider(self, *arguments: str) -> str:
        """Starts the demo provider on a free port, lists it as provider `demo`, and returns its
        address."""
        process = self.session.start(
            ["/usr/bin/python3", str(DEMO_PROVIDER), "--port", "0", *arguments],
            stdout=subprocess.PIPE)
        line = process.stdout.readline().decode()
        return line.removeprefix("ready ").strip()


def main() -> None:
    """Runs the tests of the calling file; what is not installed skips them."""
    missing = missing_programs()
    if missing:
        print("not installed:", *missing)
        sys.exit(SKIPPED)
    unittest.main(verbosity=2)
