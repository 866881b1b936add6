# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Completion for bash; lanyard itself says what a word can become.

_lanyard() {
  local line word words=("${COMP_WORDS[@]:1:COMP_CWORD}")
  local IFS=$'\n'

  # bash makes a word of its own of each “=”; lanyard wants the option and its value in one.
  if [[ ${#words[@]} -ge 2 && ${words[-1]} == = && ${words[-2]} == --* ]]; then
    words=("${words[@]:0:${#words[@]}-2}" "${words[-2]}=")
  elif [[ ${#words[@]} -ge 3 && ${words[-2]} == = && ${words[-3]} == --* ]]; then
    words=("${words[@]:0:${#words[@]}-3}" "${words[-3]}=${words[-1]}")
  fi

  COMPREPLY=()
  while read -r line; do
    word=${line%%$'\t'*}
    [[ $word == --*=* ]] && word=${word#*=}
    printf -v word '%q' "$word"
    word=${word//\\=/=}
    [[ $word == *= ]] && compopt -o nospace
    COMPREPLY+=("$word")
  done < <("${COMP_WORDS[0]}" __complete "${words[@]}" 2> /dev/null)
}

complete -o default -F _lanyard lanyard
