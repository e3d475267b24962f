"""Look for inputs that break a promise of tests/fuzz_targets.py, guided by coverage.

    pip install atheris                      # not among the project's dependencies: it has wheels for few platforms
    python tools/fuzz.py text --seconds 300  # or tables, words, yaml, pattern, page, plain, pdf, docx

An input that breaks one is written to tests/data/found/TARGET/; mend it and keep the file: the tests run them all. The
inputs that reached new code are kept in --corpus, so that the next run goes on from there.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

with atheris.instrument_imports(include=["indicators"]):
    from fuzz_targets import TARGETS, keep

SEEDS = {"page": ("*.html",), "plain": ("*.txt",), "pdf": ("*.pdf",), "docx": ("*.docx",)}


def main() -> None:
    """Fuzz one target for some seconds; the exit code is not 0 where an input was found."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("target", choices=sorted(TARGETS))
    options.add_argument("--seconds", type=int, default=300)
    options.add_argument("--corpus", type=Path, default=ROOT / ".fuzz")
    options.add_argument("--length", type=int, default=0, help="longest input in bytes")
    chosen = options.parse_args()
    target = TARGETS[chosen.target]

    def one(data: bytes) -> None:
        given = target.given(data)
        try:
            target.run(given)
        except BaseException:
            print(f"kept as {keep(chosen.target, given)}", file=sys.stderr)
            raise

    corpus = chosen.corpus / chosen.target
    corpus.mkdir(parents=True, exist_ok=True)
    for pattern in SEEDS.get(chosen.target, ()):
        for path in (ROOT / "tests" / "data" / "formats").glob(pattern):
            (corpus / path.name).write_bytes(path.read_bytes())
    length = chosen.length or (120 if target.pieces else 70_000)
    kept = f"-artifact_prefix={chosen.corpus}/"  # libFuzzer's own copy of an input that breaks something
    limits = [f"-max_total_time={chosen.seconds}", f"-max_len={length}", "-timeout=60", "-rss_limit_mb=4000"]
    atheris.Setup([sys.argv[0], str(corpus), *limits, kept, "-print_final_stats=1"], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
