#!/usr/bin/env bash
# Known vulnerabilities of the pinned dependencies, by pip-audit in an environment of its own.
# Exit code 1 where one is known; without a network it says so and ends well.
set -euo pipefail
cd "$(dirname "$0")/.."
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT

unreached() {
    echo "vulnerabilities: not reached ($1); nothing was checked / 未能连接，没有检查" >&2
    exit 0
}

pip=.venv/bin/pip
[ -x "$pip" ] || { python3 -m venv "$room/pip" && pip=$room/pip/bin/pip; }
python3 -m venv --without-pip "$room/venv"
timeout 120 "$pip" --python "$room/venv/bin/python" install -qq --no-compile --disable-pip-version-check pip-audit \
    2>"$room/said" || unreached "pip-audit is not to be had"
code=0
timeout 120 "$room/venv/bin/pip-audit" --requirement constraints.txt --no-deps --disable-pip --progress-spinner off \
    --format json --output "$room/found.json" "$@" 2>"$room/said" || code=$?
[ -s "$room/found.json" ] || { tail -n 3 "$room/said" >&2; unreached "no answer for the list of known vulnerabilities"; }
code=0
"$room/venv/bin/python" - "$room/found.json" <<'PYTHON' || code=$?
import json, sys
packages = json.load(open(sys.argv[1], encoding="utf-8"))["dependencies"]
found = [(one["name"], one["version"], fault) for one in packages for fault in one.get("vulns", ())]
for name, version, fault in found:
    print(f"{name} {version}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'no version'}")
skipped = [one["name"] for one in packages if "skip_reason" in one]
print(f"{len(packages) - len(skipped)} packages checked, {len(found)} known vulnerabilities, {len(skipped)} not known there")
sys.exit(1 if found else 0 if len(skipped) < len(packages) else 3)
PYTHON
[ "$code" != 3 ] || unreached "the package index here knows no package's vulnerabilities"
exit "$code"
