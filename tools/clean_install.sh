#!/usr/bin/env bash
# What a user gets: sdist and wheel are built, the wheel (from the sdist) is installed into an empty environment without
# the test extra, and there it extracts the seeds, checks the rules and serves the dashboard.
set -euo pipefail
cd "$(dirname "$0")/.."
source=$PWD room=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$room"' EXIT
export INDICATORS_CACHE="$room/cache"
unset PYTHONPATH

# The pip of the tests' environment fills the empty ones: making pip anew and compiling what is never run take a minute.
pip=$source/.venv/bin/pip
[ -x "$pip" ] || { python3 -m venv "$room/pip" && pip=$room/pip/bin/pip; }
into() { "$pip" --python "$room/$1/bin/python" --disable-pip-version-check "${@:2}"; }

python3 -m venv --without-pip "$room/build"
into build install -qq --no-compile hatchling
"$room/build/bin/python" -m hatchling build -t sdist -d "$room/dist"
tar -xzf "$room"/dist/*.tar.gz -C "$room"
(cd "$room"/indicators-*/ && "$room/build/bin/python" -m hatchling build -t wheel -d "$room/dist")

python3 -m venv --without-pip "$room/venv"
into venv install -qq --no-compile -c constraints.txt "$room"/dist/*.whl
into venv check
for name in pytest hypothesis playwright authlib; do
    ! "$room/venv/bin/python" -c "import $name" 2>/dev/null || { echo "$name came along" >&2; exit 1; }
done

"$room/venv/bin/python" - <<'PYTHON'
from importlib.resources import files
entry = files("indicators") / "app" / "entry"
assert all((entry / name).is_file() for name in ("dashboard.py", ".streamlit/config.toml")), "the wheel lacks its settings"
PYTHON

cp -r "$source/seeds" "$source/config.yaml" "$room/"
cd "$room"
venv/bin/indicators check
venv/bin/indicators extract --output claims.csv
cmp <(venv/bin/indicators extract 2>/dev/null) claims.csv
[ "$(wc -l < claims.csv)" -gt 100 ]

port=$(venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
venv/bin/indicators dashboard --port "$port" > server.log 2>&1 &
server=$!
venv/bin/python - "$port" "$server" <<'PYTHON' || { cat server.log >&2; exit 1; }
import os, sys, time, urllib.request
for _ in range(300):
    try:
        urllib.request.urlopen(f"http://localhost:{sys.argv[1]}/_stcore/health", timeout=2)
        sys.exit()
    except OSError:
        os.kill(int(sys.argv[2]), 0)  # is it alive?
        time.sleep(0.2)
sys.exit("the dashboard does not answer")
PYTHON
echo "clean install: extract, check and dashboard work"
