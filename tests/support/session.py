#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a command in a desktop session of its own: session.py [OPTIONS] -- COMMAND [ARGUMENTS].

The command has a HOME, XDG folders and a session bus that nobody else uses and that go when it ends,
and only what this program started is ended. Its exit code is the command's. Standard output is the
command's alone (TAP goes through).
"""

import argparse
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PATIENCE = 20

BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={runtime}</listen>
  <auth>EXTERNAL</auth>
  {services}
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

FOLDERS = {
    'HOME': 'home',
    'XDG_CACHE_HOME': 'home/.cache',
    'XDG_CONFIG_HOME': 'home/.config',
    'XDG_DATA_HOME': 'home/.local/share',
    'XDG_STATE_HOME': 'home/.local/state',
    'XDG_RUNTIME_DIR': 'runtime',
}

# What would lead into the session that this one is started from.
FOREIGN = ('DBUS_SESSION_BUS_PID', 'DBUS_SESSION_BUS_WINDOWID', 'DBUS_STARTER_ADDRESS',
           'DBUS_STARTER_BUS_TYPE', 'GNOME_KEYRING_CONTROL', 'GNOME_KEYRING_PID', 'SECRET_BACKEND',
           'SECRET_SERVICE_BUS_NAME', 'SSH_AUTH_SOCK')

PR_SET_PDEATHSIG = 1


def die_with_parent():
    """Runs in a child: it does not outlive this program, however that ends."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def heed_signals():
    """Programs inherit which signals are ignored: SIGINT in the background of a shell, SIGHUP under nohup."""
    for number in (signal.SIGINT, signal.SIGHUP):
        if signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


class Session:
    """The folders and the processes of a session."""

    def __init__(self, standard_services):
        heed_signals()
        self.root = tempfile.mkdtemp(prefix='lanyard-session-')
        self.processes = []
        self.environment = {k: v for k, v in os.environ.items() if k not in FOREIGN}
        for name, folder in FOLDERS.items():
            path = os.path.join(self.root, folder)
            os.makedirs(path, mode=0o700, exist_ok=True)
            self.environment[name] = path
        self.start_bus(standard_services)

    def start(self, command, **options):
        process = subprocess.Popen(command, env=self.environment, preexec_fn=die_with_parent,
                                   **options)
        self.processes.append(process)
        return process

    def start_bus(self, standard_services):
        config = os.path.join(self.root, 'bus.conf')
        services = '<standard_session_servicedirs/>' if standard_services else ''
        with open(config, 'w', encoding='utf-8') as file:
            file.write(BUS_CONFIG.format(runtime=self.environment['XDG_RUNTIME_DIR'],
                                         services=services))
        bus = self.start(['dbus-daemon', '--config-file=' + config, '--nofork', '--print-address'],
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        address = bus.stdout.readline().strip()
        if not address:
            raise RuntimeError('dbus-daemon did not start')
        self.environment['DBUS_SESSION_BUS_ADDRESS'] = address

    def start_keyring(self, password):
        """Starts a real keyring whose default collection is unlocked."""
        keyring = self.start(
            ['gnome-keyring-daemon', '--foreground', '--unlock', '--components=secrets'],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        keyring.stdin.write(password.encode())
        keyring.stdin.close()
        question = ['gdbus', 'call', '--session', '--dest', 'org.freedesktop.secrets',
                    '--object-path', '/org/freedesktop/secrets',
                    '--method', 'org.freedesktop.Secret.Service.ReadAlias', 'default']
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            answer = subprocess.run(question, env=self.environment, capture_output=True, text=True,
                                    check=False)
            if '/collection/' in answer.stdout:
                return
            time.sleep(0.02)
        raise RuntimeError('gnome-keyring-daemon did not start')

    def run(self, command):
        process = self.start(command)

        def forward(number, _frame):
            process.send_signal(number)

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, forward)
        status = process.wait()
        return status if status >= 0 else 128 - status

    def end(self):
        # Last started, first ended; a locked keyring does not heed SIGTERM.
        for process in reversed(self.processes):
            if process.poll() is None:
                process.kill()
            process.wait()
        shutil.rmtree(self.root, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--keyring', metavar='PASSWORD',
                        help='start gnome-keyring-daemon, unlocked with this password')
    parser.add_argument('--standard-services', action='store_true',
                        help='let the bus start the services that are installed')
    parser.add_argument('command', nargs='+')
    arguments = parser.parse_args()

    needed = ['dbus-daemon'] + (['gnome-keyring-daemon', 'gdbus'] if arguments.keyring else [])
    missing = [program for program in needed if not shutil.which(program)]
    if missing:
        print('1..0 # SKIP ' + ', '.join(missing) + ' not installed')
        return 0

    session = Session(arguments.standard_services)
    try:
        if arguments.keyring:
            session.start_keyring(arguments.keyring)
        return session.run(arguments.command)
    finally:
        session.end()


if __name__ == '__main__':
    sys.exit(main())
