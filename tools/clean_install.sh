#!/usr/bin/env bash
# What a user gets: sdist and wheel are built, the wheel (from the sdist) is installed into an empty environment without
# the test extra, and there it extracts the seeds, checks the rules and serves the dashboard.
set -euo pipefail
cd "$(dirname "$0")/.."
source=$PWD room=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$room"' EXIT
export INDICATORS_CACHE="$room/cache"
unset PYTHONPATH

python3 -m venv "$room/build"
"$room/build/bin/pip" install -q --disable-pip-version-check hatchling
"$room/build/bin/python" -m hatchling build -t sdist -d "$room/dist"
tar -xzf "$room"/dist/*.tar.gz -C "$room"
(cd "$room"/indicators-*/ && "$room/build/bin/python" -m hatchling build -t wheel -d "$room/dist")

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check -c constraints.txt "$room"/dist/*.whl
"$room/venv/bin/pip" check
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
for _ in $(seq 150); do
    venv/bin/python -c "import urllib.request as u; u.urlopen('http://localhost:$port/_stcore/health', timeout=2)" \
        2>/dev/null && { echo "clean install: extract, check and dashboard work"; exit 0; }
    kill -0 "$server" || { cat server.log >&2; exit 1; }
    sleep 0.2
done
cat server.log >&2
echo "the dashboard does not answer" >&2
exit 1
