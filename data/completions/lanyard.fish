# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Completion for fish; lanyard itself says what a word can become.

function __lanyard_complete
    set -l words (commandline --tokenize --cut-at-cursor --current-process) (commandline --current-token --cut-at-cursor)
    $words[1] __complete $words[2..-1] 2>/dev/null
end

complete --command lanyard --arguments '(__lanyard_complete)'
