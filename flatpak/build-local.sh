#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds, installs and runs the Flatpak where Flathub is out of reach. A runtime and an SDK with the
# ids that the manifest names are made from Debian packages first, so that the manifest itself stays
# exactly as it is published. See README.md beside this file.

set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: build-local.sh [OPTION]… CACHE-DIR [MANIFEST]

Makes a stand-in runtime and SDK in CACHE-DIR (once), builds MANIFEST with them (the one beside this
script unless named), installs it below CACHE-DIR and runs it once.

  --runtime-only   stop when runtime and SDK are there
  --no-run         stop after the installation
  --fresh          make runtime and SDK again
  -h, --help       show this text

Environment:
  MIRROR           Debian mirror or sources.list line (default: the one that mmdebstrap chooses)
  SUITE            Debian release to take the packages from (default: trixie)
  RUN_SECONDS      how long the window stays open in the trial run (default: 10)
USAGE
}

here=$(cd "$(dirname "$0")" && pwd)
suite=${SUITE:-trixie}
mirror=${MIRROR:-}
run_seconds=${RUN_SECONDS:-10}
want_app=yes want_run=yes want_fresh=no
positional=()

for argument in "$@"; do
  case $argument in
    --runtime-only) want_app=no ;;
    --no-run) want_run=no ;;
    --fresh) want_fresh=yes ;;
    -h | --help) usage; exit 0 ;;
    -*) usage >&2; exit 2 ;;
    *) positional+=("$argument") ;;
  esac
done
if [ ${#positional[@]} -lt 1 ] || [ ${#positional[@]} -gt 2 ]; then
  usage >&2
  exit 2
fi

for tool in flatpak flatpak-builder ostree mmdebstrap; do
  if ! command -v "$tool" > /dev/null; then
    echo "$tool is needed; see README.md" >&2
    exit 1
  fi
done

mkdir -p "${positional[0]}"
cache=$(cd "${positional[0]}" && pwd)
manifest=$(realpath "${positional[1]:-$here/io.github.lanyard.Lanyard.yml}")
repo=$cache/repo
arch=$(flatpak --default-arch)

# One scalar from the top level of the manifest, without its quotes.
manifest_value() {
  sed -n "s/^$1:[[:space:]]*//p" "$manifest" | head -n 1 | tr -d "'\""
}

app_id=$(manifest_value id)
runtime=$(manifest_value runtime)
sdk=$(manifest_value sdk)
branch=$(manifest_value runtime-version)
command=$(manifest_value command)

say() {
  printf '\n== %s\n' "$*"
}

# Nothing of this may touch the person's own Flatpak installation, settings or keyring.
export FLATPAK_USER_DIR=$cache/installation
export XDG_DATA_HOME=$cache/home/.local/share
export XDG_CONFIG_HOME=$cache/home/.config
export XDG_CACHE_HOME=$cache/home/.cache
export HOME=$cache/home
mkdir -p "$XDG_DATA_HOME" "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME"
# WebKit cannot start its sandbox in a locale that is not UTF-8.
if [ "$(locale charmap)" != UTF-8 ]; then
  unset LC_ALL LC_CTYPE
  export LANG=C.UTF-8
fi

# What the GNOME runtime offers, as far as a GTK 4 and WebKitGTK program uses it.
platform_packages=(
  libc-bin locales ca-certificates
  libgtk-4-1 libgtk-4-bin libgtk-4-common libgtk-4-media-gstreamer libadwaita-1-0
  libwebkitgtk-6.0-4 gstreamer1.0-plugins-base
  libsecret-1-0 libsoup-3.0-0 libjson-glib-1.0-0 libsqlite3-0 libssl3t64 libsystemd0
  glib-networking libglib2.0-bin dconf-gsettings-backend gsettings-desktop-schemas
  adwaita-icon-theme fonts-cantarell fonts-dejavu-core fontconfig
  librsvg2-common shared-mime-info xdg-user-dirs
  dbus-bin curl bubblewrap xdg-dbus-proxy flatpak-xdg-utils at-spi2-core
  libgl1-mesa-dri libegl-mesa0
)
# What the SDK has on top.
sdk_packages=(
  build-essential pkgconf meson ninja-build cmake git patch gettext itstool python3 python3-gi
  libgtk-4-dev libadwaita-1-dev libwebkitgtk-6.0-dev libsecret-1-dev libsoup-3.0-dev
  libjson-glib-dev libsqlite3-dev libssl-dev libsystemd-dev libglib2.0-dev libglib2.0-dev-bin
  gtk-update-icon-cache desktop-file-utils appstream appstream-compose elfutils debugedit gdb
)

join_by_comma() {
  local IFS=,
  printf '%s' "$*"
}

# make_tree DIRECTORY PACKAGE… – Debian's /usr, and its /etc inside it, as a runtime's files.
make_tree() {
  local tree=$1
  shift
  rm -rf "$tree"
  mkdir -p "$tree"
  # Through a tar stream, because without root the files of a directory would belong to other ids.
  # shellcheck disable=SC2016 # the hooks are expanded by mmdebstrap's shell
  nice -n 10 mmdebstrap --variant=minbase --format=tar \
    --include="$(join_by_comma "$@")" \
    --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/info/*' \
    --customize-hook='for name in en_US cs_CZ de_DE; do
      chroot "$1" localedef -i "$name" -f UTF-8 "$name.UTF-8"; done' \
    "$suite" - ${mirror:+"$mirror"} |
    tar -x -C "$tree" --no-same-owner --no-same-permissions ./usr ./etc
  rm -rf "$tree/usr/etc"
  mv "$tree/etc" "$tree/usr/etc"
  # build-export takes a runtime's files from usr, yet wants to see this folder too.
  mkdir "$tree/files"
  chmod -R u+rwX,go+rX "$tree/usr"

  # Flatpak fills these in from the host, or they mean nothing in a sandbox.
  rm -f "$tree"/usr/etc/{passwd,group,shadow,gshadow,passwd-,group-,shadow-,gshadow-} \
    "$tree"/usr/etc/{machine-id,resolv.conf,hostname,hosts,ld.so.cache,mtab,subuid,subgid}
  # Where Flatpak's own loader configuration and the application's libraries are found.
  printf '%s\n' 'include /run/flatpak/ld.so.conf.d/app-*.conf' /app/lib \
    'include /run/flatpak/ld.so.conf.d/runtime-*.conf' > "$tree/usr/etc/ld.so.conf"
  # Debian keeps the sandbox's tools off the PATH; WebKit then leaves its own sandbox out silently.
  for tool in "$tree"/usr/libexec/flatpak-xdg-utils/*; do
    [ -e "$tool" ] && ln -sf "../libexec/flatpak-xdg-utils/${tool##*/}" "$tree/usr/bin/${tool##*/}"
  done
}

# add_appstream_shim DIRECTORY – flatpak-builder calls the retired appstream-compose.
add_appstream_shim() {
  cat > "$1/usr/bin/appstream-compose" <<'SHIM'
#!/bin/sh
# flatpak-builder's call of appstream-compose, answered by appstreamcli.
prefix=/app name=flatpak ids=
for argument in "$@"; do
  case $argument in
    --prefix=*) prefix=${argument#*=} ;;
    --basename=*) name=${argument#*=} ;;
    --*) ;;
    *) ids=${ids:+$ids,}$argument ;;
  esac
done
out=$prefix/share/app-info
# flatpak-builder has moved the metainfo file to the place where today's AppStream does not look.
stage=$(mktemp -d)
mkdir -p "$stage/share/metainfo" "$out/xmls" "$out/icons/flatpak"
ln -s "$prefix"/share/applications "$prefix"/share/icons "$prefix"/share/locale "$stage/share"
for file in "$prefix"/share/appdata/*.appdata.xml; do
  [ -e "$file" ] && cp "$file" "$stage/share/metainfo/$(basename "$file" .appdata.xml).metainfo.xml"
done
appstreamcli compose --no-color --no-net --print-report=short --prefix=/ --origin="$name" \
  --components="$ids" --data-dir="$out/xmls" --icons-dir="$out/icons/flatpak" \
  --result-root="$stage/result" "$stage"
status=$?
rm -rf "$stage"
exit $status
SHIM
  chmod 755 "$1/usr/bin/appstream-compose"
}

# export_runtime DIRECTORY ID – with the metadata by which Flatpak knows a runtime.
export_runtime() {
  local tree=$1 id=$2
  cat > "$tree/metadata" <<METADATA
[Runtime]
name=$id
runtime=$runtime/$arch/$branch
sdk=$sdk/$arch/$branch

[Environment]
GI_TYPELIB_PATH=/app/lib/girepository-1.0
XDG_DATA_DIRS=/app/share:/usr/share:/usr/share/runtime/share:/run/host/user-share:/run/host/share
METADATA
  nice -n 10 flatpak build-export --runtime --disable-sandbox \
    --subject="Stand-in for $id from Debian $suite" "$repo" "$tree" "$branch" > /dev/null
}

make_runtimes() {
  rm -rf "$repo" "$cache/runtimes-done"
  ostree init --mode=bare-user-only --repo="$repo"
  say "Runtime $runtime//$branch from Debian $suite"
  make_tree "$cache/tree" "${platform_packages[@]}"
  export_runtime "$cache/tree" "$runtime"
  say "SDK $sdk//$branch from Debian $suite"
  make_tree "$cache/tree" "${platform_packages[@]}" "${sdk_packages[@]}"
  add_appstream_shim "$cache/tree"
  export_runtime "$cache/tree" "$sdk"
  rm -rf "$cache/tree"
  flatpak build-update-repo "$repo"

  say 'Installing runtime and SDK'
  flatpak --user remote-add --if-not-exists --no-gpg-verify local-gnome "file://$repo"
  flatpak --user install --noninteractive --reinstall local-gnome "$runtime//$branch" "$sdk//$branch"
  touch "$cache/runtimes-done"
}

build_application() {
  say "Building $app_id"
  cd "$cache"
  nice -n 10 flatpak-builder --user --install --force-clean --disable-rofiles-fuse \
    --state-dir="$cache/state" "$cache/build" "$manifest"
  flatpak --user info "$app_id"
}

# Opens the program's window for a while: still there after RUN_SECONDS means that it runs.
run_application() {
  say "Running $command for $run_seconds s"
  local status=0 window
  flatpak run --user "$app_id" &
  window=$!
  sleep "$run_seconds"
  if command -v import > /dev/null && [ -n "${DISPLAY:-}" ]; then
    import -window root "$cache/window.png" && echo "Screenshot: $cache/window.png"
  fi
  if kill -0 "$window" 2> /dev/null; then
    flatpak kill "$app_id" || true
    wait "$window" || true
    echo "$command was running; ended it"
  else
    wait "$window" || status=$?
    echo "$command ended by itself with status $status"
  fi
  return "$status"
}

# Flatpak wants a session bus to run an application; a private one leaves the person's alone.
if [ "${LANYARD_FLATPAK_PRIVATE_SESSION:-}" != yes ]; then
  export LANYARD_FLATPAK_PRIVATE_SESSION=yes
  XDG_RUNTIME_DIR=$(mktemp -d)
  export XDG_RUNTIME_DIR
  chmod 700 "$XDG_RUNTIME_DIR"
  display=()
  if [ "$want_app$want_run" = yesyes ] && [ -z "${WAYLAND_DISPLAY:-}${DISPLAY:-}" ]; then
    display=(xvfb-run -a -s '-screen 0 1280x800x24')
  fi
  exec "${display[@]}" dbus-run-session -- "$BASH" "$here/${0##*/}" "$@"
fi
trap 'rm -rf "$XDG_RUNTIME_DIR"' EXIT
# It asks the system bus about parental controls, which a container does not have.
export DBUS_SYSTEM_BUS_ADDRESS=${DBUS_SYSTEM_BUS_ADDRESS:-$DBUS_SESSION_BUS_ADDRESS}

if [ "$want_fresh" = yes ] || [ ! -e "$cache/runtimes-done" ]; then
  make_runtimes
fi
if [ "$want_app" = yes ]; then
  build_application
  if [ "$want_run" = yes ]; then
    run_application
  fi
fi
