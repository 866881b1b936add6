# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Long lists, made faster than thousands of commands would make them."""

from __future__ import annotations

import sqlite3
import uuid


def copy_rows(path: str, count: int) -> None:
    """Copies the first authorization so many times, as "NAME copy 0", "NAME copy 1"…"""
    database = sqlite3.connect(path)
    database.row_factory = sqlite3.Row
    first = dict(database.execute("SELECT * FROM authorization ORDER BY name_key").fetchone())
    names = ", ".join(first)
    marks = ", ".join("?" * len(first))
    for number in range(count):
        row = {**first, "id": str(uuid.uuid4()), "name": f"{first['name']} copy {number}",
               "name_key": f"{first['name_key']} copy {number}"}
        database.execute(f"INSERT INTO authorization ({names}) VALUES ({marks})",
                         list(row.values()))
    database.commit()
    database.close()
