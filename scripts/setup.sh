#!/bin/sh
# Prepares Concord in ./.venv: "setup.sh run" what serving needs, "setup.sh distributed" also a PostgreSQL and a Redis
# server, "setup.sh test" also what the tests need.
# Works as root and as an ordinary user; a second call with nothing to do takes well under a second.
set -eu
purpose=${1:-run}
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"
say() { printf 'setup: %s\n' "$*" >&2; }
die() { say "$*"; exit 3; }

may_install() { command -v apt-get >/dev/null 2>&1 && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
install() { # packages…: true where Debian's package tool could install them
    may_install || return 1
    say "installing $* (Debian packages)"
    log=$(mktemp)
    if { as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" ||
        { as_root apt-get update && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; }; } >"$log" 2>&1; then
        rm -f "$log"
    else
        tail -n 5 "$log" >&2; rm -f "$log"; return 1
    fi
}

find_python() {
    for candidate in "${PYTHON:-}" python3.11 python3.12 python3.13 python3 /usr/bin/python3; do
        [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 || continue
        "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null || continue
        command -v "$candidate"; return 0
    done
    return 1
}

make_venv() {
    python=$(find_python) || { install python3 python3-venv && python=$(find_python); } ||
        die "Python 3.11 or newer is missing: as root, apt-get install python3 python3-venv; then run this again."
    "$python" -c 'import ensurepip, venv' 2>/dev/null || install python3-venv ||
        die "Python's venv module is missing: as root, apt-get install python3-venv; then run this again."
    rm -rf .venv
    "$python" -m venv .venv
}

install_lock() { # lock file: installed once, again when it changes
    stamp=".venv/$(basename "$1").sha256"
    wanted=$(sha256sum "$1" | cut -d' ' -f1)
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return 0
    say "installing Python packages from $1"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r "$1" ||
        die "the Python packages could not be installed; see the lines above, then run this again."
    printf '%s' "$wanted" >"$stamp"
}

write_launcher() {
    # Not an editable install: names such as "service" must come from this folder, whatever else is installed.
    launcher=.venv/bin/concord
    body=$(printf '#!/bin/sh\nPYTHONPATH="%s${PYTHONPATH:+:$PYTHONPATH}" exec "%s/.venv/bin/python" -P -m service "$@"\n' "$root" "$root")
    [ -f "$launcher" ] && [ "$(cat "$launcher")" = "$body" ] && return 0
    printf '%s\n' "$body" >"$launcher"
    chmod 755 "$launcher"
}

need() { # what-for package path…: install a system program, or say in one line what goes without
    purpose_text=$1 package=$2; shift 2
    for path in "$@"; do command -v "$path" >/dev/null 2>&1 && return 0; done
    install "$package" && return 0
    say "$package is missing: $purpose_text. To have it, as root: apt-get install $package"
}

need_tesseract() { # with the languages that documents are expected in
    have=$(tesseract --list-langs 2>/dev/null || true)
    missing=
    for language in eng deu fra spa ita nld; do
        printf '%s\n' "$have" | grep -qx "$language" || missing="$missing tesseract-ocr-$language"
    done
    [ -z "$missing" ] && return 0
    install tesseract-ocr $missing && return 0
    say "tesseract or some of its languages are missing: scans are read by rapidocr alone. To have them, as root: apt-get install tesseract-ocr$missing"
}

need_postgresql() { # what-goes-without
    need "$1" postgresql initdb \
        /usr/lib/postgresql/15/bin/initdb /usr/lib/postgresql/16/bin/initdb /usr/lib/postgresql/17/bin/initdb
}

.venv/bin/python -c 'import sys' 2>/dev/null || make_venv
need_tesseract
if [ "$purpose" != run ]; then
    need "the Redis from the Python packages serves in its place" redis-server redis-server
fi
if [ "$purpose" = distributed ]; then need_postgresql "the distributed form can't start without it"; fi
if [ "$purpose" = test ]; then
    need "the browser tests are left out" chromium chromium chromium-browser google-chrome
    need_postgresql "the tests on PostgreSQL are left out; those on SQLite run"
    install_lock requirements-dev.lock
else
    install_lock requirements.lock
fi
write_launcher
