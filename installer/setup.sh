#!/bin/sh
# Set-up shared by run.sh and test.sh: system packages, .venv, uv inside it, locked packages, compiled texts.
#   sh installer/setup.sh run|test
# Safe to run again and to run twice at once. TIDEWATCH_PYTHON names another interpreter (3.11 to 3.13).
set -eu

purpose=${1:-run}
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"

UV_VERSION=0.13.9
# What Qt's own libraries need on a bare Debian 12, without a display and with one, and two typefaces.
packages="python3-venv ca-certificates
    libglib2.0-0 libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3
    libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0
    libwayland-cursor0 libwayland-egl1
    fonts-noto-cjk fonts-inter"
[ "$purpose" = run ] || packages="$packages xvfb xauth poppler-utils"

say() { printf '%s\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }

# One set-up at a time in this folder; the second waits and then finds everything done.
if command -v flock >/dev/null 2>&1; then
    exec 9>"$root/.setup.lock"
    flock -n 9 || { say "Another set-up is running here; waiting for it."; flock 9; }
fi

install_packages() {
    missing=
    for package in $packages; do
        state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
        [ "$state" = installed ] || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    line="apt-get update && apt-get install --yes --no-install-recommends$missing"
    if [ "$(id -u)" = 0 ]; then
        as=
    elif command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || { [ -t 0 ] && sudo true; }; }; then
        as=sudo
    else
        stop "System packages are missing, and this account may not install them. Run this as root, then start again:
    $line"
    fi
    say "Installing system packages:$missing"
    # Another apt may be at work (a second clone, the system's own updates): wait for it.
    tries=0
    until $as env DEBIAN_FRONTEND=noninteractive apt-get -q update >"$log" 2>&1; do
        tries=$((tries + 1))
        if [ "$tries" -ge 60 ] || ! grep -q 'lock' "$log"; then
            cat "$log" >&2
            stop "The package lists could not be fetched. Check the network, then start again."
        fi
        sleep 5
    done
    # shellcheck disable=SC2086
    $as env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600 install --yes \
        --no-install-recommends $missing >"$log" 2>&1 9>&- || {
        cat "$log" >&2
        stop "System packages could not be installed. As root, run:
    $line"
    }
}

suits() { # Is $1 a Python that the locked packages support?
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

choose_python() {
    # The system's own comes first: a version manager's shim in the PATH changes under our feet.
    for candidate in ${TIDEWATCH_PYTHON:-} /usr/bin/python3.11 /usr/bin/python3 python3.13 python3.12 python3.11 python3; do
        if path=$(command -v "$candidate" 2>/dev/null) && suits "$path"; then
            printf '%s' "$path"
            return 0
        fi
        [ "$candidate" != "${TIDEWATCH_PYTHON:-}" ] || stop "TIDEWATCH_PYTHON=$candidate is not Python 3.11 to 3.13."
    done
    stop "No Python 3.11 to 3.13 was found. On Debian 12, run as root: apt-get install --yes python3"
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT

if command -v apt-get >/dev/null 2>&1 && command -v dpkg-query >/dev/null 2>&1; then
    install_packages
else
    say "This is not Debian: the libraries that Qt needs must be here already (README, Other systems)."
fi

python=$(choose_python)
say "Python: $python ($("$python" -c 'import platform; print(platform.python_version())'))"

# A .venv of another interpreter, a broken one, or one that uv made (uv would remove itself from it) is made anew.
version_of='import sys; print(sys.version_info[:3])'
if [ ! -x .venv/bin/python ] || grep -q '^uv = ' .venv/pyvenv.cfg 2>/dev/null ||
    [ "$(.venv/bin/python -c "$version_of" 2>/dev/null)" != "$("$python" -c "$version_of")" ]; then
    say "Making .venv"
    "$python" -m venv --clear .venv 9>&-
fi
if [ "$(.venv/bin/uv --version 2>/dev/null | cut -d' ' -f2)" != "$UV_VERSION" ]; then
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input "uv==$UV_VERSION" 9>&-
fi

say "Bringing .venv to uv.lock"
groups=--no-default-groups
[ "$purpose" = run ] || groups="--group dev"
# run.sh must not take the tools of test.sh away again.
[ "$purpose" = test ] || groups="$groups --inexact"
# shellcheck disable=SC2086
UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=.venv \
    .venv/bin/uv sync --quiet --locked --compile-bytecode --python "$python" $groups 9>&- ||
    stop "The locked packages could not be installed (see above). Check the network or the package index, then start again."

.venv/bin/python installer/catalogues.py compile 9>&-
