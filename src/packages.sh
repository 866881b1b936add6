# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Installs packages on Debian and Ubuntu, for src/run.sh and tests/run.sh, which read this file.

# What it takes to build and to run Lanyard.
run_packages="gcc meson ninja-build pkg-config gettext libglib2.0-dev libglib2.0-bin
libjson-glib-dev libsecret-1-dev libssl-dev libsqlite3-dev libsoup-3.0-dev libqrencode-dev
libgtk-4-dev libadwaita-1-dev libwebkitgtk-6.0-dev glib-networking gnome-keyring dbus
adwaita-icon-theme librsvg2-common python3"

say() {
  printf 'run.sh: %s\n' "$*" >&2
}

# Prints which of the packages are not installed.
list_missing() {
  for package in "$@"; do
    case $(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2> /dev/null) in
      installed) ;;
      *) printf '%s ' "$package" ;;
    esac
  done
}

# Prints which of the packages this release has.
list_known() {
  for package in "$@"; do
    if apt-cache show "$package" > /dev/null 2>&1; then
      printf '%s ' "$package"
    else
      say "this release has no package $package"
    fi
  done
}

# Installs what is missing of the packages. Another system has other names for them: there it is
# left to meson to say what is missing, where meson is there.
install_packages() {
  if ! command -v dpkg-query > /dev/null || ! command -v apt-get > /dev/null; then
    command -v meson > /dev/null && return
    say "this is neither Debian nor Ubuntu; install what these packages hold, then try again:"
    printf '  %s\n' "$@" >&2
    exit 1
  fi

  missing=$(list_missing "$@")
  [ -n "$missing" ] || return 0

  if [ "$(id -u)" -eq 0 ]; then
    as_root=
  elif command -v sudo > /dev/null; then
    as_root=sudo
  else
    say "packages are missing, and there is no sudo to install them with. As root, run:"
    printf '  apt-get install %s\n' "$missing" >&2
    exit 1
  fi

  say "installing: $missing"
  $as_root apt-get update > /dev/null || say "the lists of packages could not be renewed"
  # shellcheck disable=SC2046,SC2086
  $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends $(list_known $missing) > /dev/null
}

# Ends with the last lines of the log of a step that failed.
fail_with_log() {
  tail -n 40 "$1" >&2
  say "that failed; all of it is in $1"
  exit 1
}
