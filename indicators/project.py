"""config.yaml wired to everything else: the only module that knows where files are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.errors import Fault, Location, ReadingError, RuleError
from indicators.model import Document
from indicators.reading.files import metadata_warnings, read_documents
from indicators.reading.reviews import FILE_NAME as REVIEWS
from indicators.reading.reviews import Review, read_reviews
from indicators.rules.expanding import expanded_patterns
from indicators.rules.loading import load_rules, load_rules_text
from indicators.rules.ruleset import RuleSet

if TYPE_CHECKING:
    import pandas as pd

    from indicators.checks.evaluation import Evaluation
    from indicators.engines.collecting import Collected
    from indicators.engines.local import Extraction
    from indicators.engines.streaming import Engine, Written
    from indicators.table.reviewing import Reviewed
    from indicators.table.versions import Versions

Paths = Iterable[str | Path] | str | Path | None


@dataclass(frozen=True)
class Project:
    """Rules and the corpus they are for. Tables are pandas frames with the columns of `indicators.table.columns`."""

    config: Path
    rules: RuleSet
    use_reviews: bool = True
    _kept: dict[tuple[str, ...], Extraction] = field(default_factory=dict, repr=False, compare=False)
    _reviewed: dict[tuple[str, ...], Reviewed] = field(default_factory=dict, repr=False, compare=False)

    @property
    def corpus(self) -> tuple[Path, ...]:
        """Files and folders of the corpus, as config.yaml names them, relative to it."""
        return tuple(self.config.parent / path for path in self.rules.corpus)

    @property
    def rules_version(self) -> str:
        """Hash of the resolved rules."""
        return self.rules.rules_version

    def versions(self, paths: Paths = None) -> Versions:
        """What the tables of `paths` are made of: documents, metadata, reviews, rules, lexicons, gazetteer, reader."""
        from indicators.table.versions import versions

        made_by = self.rules_version
        if self.rules.deflator and (path := self.config.parent / self.rules.deflator).is_file():
            made_by = hashlib.sha256(made_by.encode() + path.read_bytes()).hexdigest()[:12]
        return versions(self.extraction(paths).documents, self.reviews(paths)[0], made_by)

    @property
    def data_version(self) -> str:
        """One hash of all `versions` of the corpus."""
        return self.versions().data_version

    def read_documents(self, paths: Paths = None) -> list[Document]:
        """Documents of `paths`, or of the corpus. Raises ReadingError for a path that does not exist."""
        return list(read_documents(self._paths(paths)))

    def _paths(self, paths: Paths) -> Iterable[str | Path] | str | Path:
        """The paths given, or those of the corpus; ReadingError where neither is named."""
        if paths is not None:
            return paths
        if not self.corpus:
            fault = Fault(
                Location(str(self.config)),
                "no corpus is named",
                "write corpus: [folder], or give paths",
                "没有写明语料；请写 corpus: [文件夹]，或给出路径",
            )
            raise ReadingError(faults=(fault,))
        return self.corpus

    def collect(
        self, table: str = "claims", paths: Paths = None, engine: Engine | None = None, exact: bool = False
    ) -> Collected:
        """One table of `paths` or of the corpus, whose documents are read by any engine and not kept in memory."""
        from indicators.engines.collecting import collect

        lines, faults = self.reviews(paths)
        found = collect(self._paths(paths), self.rules, table, engine, exact, lines, faults)
        return replace(found, table=self._with_real_values(found.table)) if table == "observations" else found

    def write(
        self,
        output: str | Path,
        table: str = "claims",
        paths: Paths = None,
        engine: Engine | None = None,
        exact: bool = False,
        recheck: bool = False,
    ) -> Written:
        """Bring a folder of Parquet tables up to date with `paths` or the corpus; see `engines.streaming`."""
        from indicators.engines.streaming import write_folder

        return write_folder(output, self._paths(paths), self.rules, table, engine, exact, recheck)

    def extraction(self, paths: Paths = None, workers: int = 1) -> Extraction:
        """All tables of `paths` or of the corpus in one pass, kept for the life of this project."""
        from indicators.engines.local import extract

        key = _key(paths)
        if key not in self._kept:
            self._kept[key] = extract(self.read_documents(paths), self.rules, workers)
        return self._kept[key]

    def extract(self, paths: Paths = None, workers: int = 1) -> pd.DataFrame:
        """The claims table: one row a number that a rule captured, reviews applied."""
        return self.reviewed(paths, workers).claims

    def reviewed(self, paths: Paths = None, workers: int = 1) -> Reviewed:
        """The claims with the reviews.csv beside the documents applied, and what that has to say."""
        from indicators.table.reviewing import Reviewed, apply_reviews

        extraction, key = self.extraction(paths, workers), _key(paths)
        if key not in self._reviewed:
            lines, faults = self.reviews(paths)
            if not lines:
                self._reviewed[key] = Reviewed(extraction.claims, extraction.claims.iloc[:0], (), tuple(faults), ())
                return self._reviewed[key]
            named = {document.name: document for document in extraction.documents}
            hashes = {name: document.content_hash for name, document in named.items()}
            found = apply_reviews(extraction.claims, lines, hashes, named.__getitem__, self.rules)
            self._reviewed[key] = replace(found, faults=(*faults, *found.faults))
        return self._reviewed[key]

    def reviews(self, paths: Paths = None) -> tuple[list[Review], list[Fault]]:
        """The lines of every reviews.csv at the top of the corpus, and the faults of lines that are not applied.

        None where the project is to ignore them (`without_reviews`). Raises ReadingError for a file without a header.
        """
        found: list[Review] = []
        faults: list[Fault] = []
        for path in self.review_files(paths) if self.use_reviews else ():
            lines, wrong = read_reviews(path)
            found += lines
            faults += wrong.faults
        return found, faults

    def review_faults(self, paths: Paths = None) -> tuple[Fault, ...]:
        """Lines of reviews.csv that are not applied, with what is wrong; those that the tables so far have met."""
        known = self._reviewed.get(_key(paths))
        return known.faults if known else tuple(self.reviews(paths)[1])

    def pack_files(self) -> dict[str, Path]:
        """The packs that config.yaml names: where each stands below config.yaml, packs/NAME.yaml for shipped ones."""
        shipped = {name: f"packs/{name}.yaml" for name in self.rules.packs if not name.endswith((".yaml", ".yml"))}
        here = Path(__file__).parent
        return {
            shipped.get(name, name): (here if name in shipped else self.config.parent) / shipped.get(name, name)
            for name in self.rules.packs
        }

    def review_files(self, paths: Paths = None) -> list[Path]:
        """Where reviews are read: beside the documents of each path. The first is where new ones are written."""
        given = self.corpus if paths is None else [paths] if isinstance(paths, str | Path) else paths
        folders = [Path(path) if Path(path).is_dir() else Path(path).parent for path in given]
        return [folder / REVIEWS for folder in dict.fromkeys(folders)]

    def without_reviews(self) -> Project:
        """The same project as rules alone read it."""
        return replace(self, use_reviews=False, _reviewed={})

    def quantities(self, paths: Paths = None, workers: int = 1) -> pd.DataFrame:
        """The quantities table: one row for every numeric expression."""
        return self.extraction(paths, workers).quantities

    def observations(self, paths: Paths = None, workers: int = 1, exact: bool = False) -> pd.DataFrame:
        """One row an indicator, place and year (or exact period), chosen from actual claims."""
        from indicators.table.observations import observations

        facts = self.documents(paths, workers)
        claims = self.extract(paths, workers)
        return self._with_real_values(observations(claims, exact=exact, documents=facts, copies=self.copies(paths)))

    def _with_real_values(self, observations: pd.DataFrame) -> pd.DataFrame:
        """Observations with their values at constant prices, where config.yaml names a deflator."""
        from indicators.table.constant_prices import load_deflator, with_real_values

        deflator = load_deflator(self.config.parent, self.rules.deflator) if self.rules.deflator else None
        return with_real_values(observations, deflator, self.rules.kinds) if deflator else observations

    def documents(self, paths: Paths = None, workers: int = 1) -> pd.DataFrame:
        """One row a file, refused ones too."""
        from indicators.table.documents import documents_table

        extraction = self.extraction(paths, workers)
        return documents_table(extraction.documents, extraction.quantities, self.extract(paths, workers))

    def unclaimed(self, paths: Paths = None) -> pd.DataFrame:
        """Numbers that no rule captured, grouped by shape."""
        from indicators.checks.unclaimed import unclaimed_shapes

        return unclaimed_shapes(self.quantities(paths))

    def findings(self, paths: Paths = None) -> pd.DataFrame:
        """What the checks say: columns `table.derived.FINDINGS`."""
        from indicators.checks.findings import findings_table, table_findings

        extraction = self.extraction(paths)
        reviewed = self.reviewed(paths)
        tables = (self.documents(paths), extraction.quantities, reviewed.claims)
        checked = table_findings(extraction.documents, *tables, self.rules, self.copies(paths))
        found = [*extraction.findings, *reviewed.findings, *checked]
        return findings_table(found)

    def copies(self, paths: Paths = None) -> dict[str, str]:
        """Near-copies: name of a document -> name of the first one with the same text but for a few edits."""
        from indicators.checks.copies import near_copies

        return near_copies(self.extraction(paths).documents)

    def series(self) -> pd.DataFrame:
        """Denominators from outside, as config.yaml names them. Raises ReadingError with every fault of the files."""
        from indicators.checks.series import load_series

        units = {indicator.id: indicator.unit for indicator in self.rules.indicators}
        return load_series(self.rules.series, self.config.parent, units)

    def denominators(self, paths: Paths = None, workers: int = 1) -> pd.DataFrame:
        """One row an observation and declared denominator: the ratio, where it is from, or why there is none."""
        from indicators.checks.denominators import denominators

        return denominators(self.observations(paths, workers), self.extract(paths), self.rules, self.series())

    def evaluate(self, gold: Path, paths: Paths = None) -> Evaluation:
        """How well the quantities of `paths` agree with labels made by hand (JSON Lines, see checks.evaluation).

        Raises ReadingError for a label that is not of that form, with its line.
        """
        from indicators.checks.evaluation import evaluate
        from indicators.checks.gold_labels import read_labels

        return evaluate(read_labels(gold), self.quantities(paths))

    def refused(self, paths: Paths = None) -> list[tuple[str, str]]:
        """Name and reason of each file that could not be read."""
        documents = self.extraction(paths).documents
        return [(document.name, document.reason) for document in documents if document.status != "read"]

    def failed_rules(self) -> list[tuple[str, str]]:
        """Rules that could not be run to their end in any extraction so far, and why."""
        failed: dict[str, str] = {}
        for extraction in self._kept.values():
            failed.update(extraction.failed)
        return sorted(failed.items())

    def with_rules(self, text: str) -> Project:
        """The same corpus under the rules of another config.yaml text. Raises RuleError with all its faults."""
        return replace(self, rules=load_rules_text(text, self.config.name, self.config.parent), _kept={}, _reviewed={})

    def continued(self, known: Extraction) -> Project:
        """The same project, where the documents that stand unchanged in `known` (made by these rules) are taken."""
        from indicators.engines.joining import updated

        return replace(self, _kept={(): updated(known, self.read_documents(), self.rules)}, _reviewed={})

    def begun(self) -> Project:
        """The same project; where no document lies in its folders yet, one with empty tables, not an error."""
        from indicators.engines.joining import NOTHING
        from indicators.reading.walking import all_empty

        return replace(self, _kept={(): NOTHING}) if self.corpus and all_empty(self.corpus) else self

    def with_more(self, more: Extraction) -> Project:
        """The same project with further documents behind those of the corpus; what was read is not read again."""
        from indicators.engines.joining import joined

        return replace(self, _kept={(): joined([self.extraction(), more])}, _reviewed={})

    def add_metadata(self, paths: Paths = None) -> list[tuple[Path, int]]:
        """Add a row of guesses for each document without one; the metadata.csv files written, and their new rows.

        Raises ReadingError, OutputError where one of them cannot be read or written.
        """
        from indicators.reading.describing import add_rows

        return add_rows(self._paths(paths))

    def metadata_warnings(self, paths: Paths = None) -> tuple[Fault, ...]:
        """Columns of a metadata.csv that are not read, and rows whose document does not exist."""
        return metadata_warnings(self.corpus if paths is None else paths)

    def expanded_patterns(self) -> list[str]:
        """Every pattern with its macros written out, plain `regex`; over-approximates what the matcher keeps."""
        return expanded_patterns(self.rules)


def load_project(config: str | Path = "config.yaml") -> Project:
    """The project of a config.yaml. Raises RuleError with every fault of the file and its packs."""
    path = Path(config)
    if not path.is_file():
        fault = Fault(
            Location(str(path)),
            "no such file",
            "name one with --config, or work in the project's folder",
            "没有这个文件；请用 --config 指明，或在项目文件夹中运行",
        )
        raise RuleError(faults=(fault,))
    return Project(path, load_rules(path))


def check_project(config: str | Path = "config.yaml", corpus: bool = False) -> tuple[list[Fault], str]:
    """Every fault and warning of the rules, their examples and rejects, and a line that sums up.

    `corpus`: the rules are run on the corpus too, for patterns and indicators that never capture anything.
    """
    from indicators.language.reader import read
    from indicators.rules.checking import check_rules

    try:
        project = load_project(config)
    except RuleError as error:
        return list(error.faults), f"{len(error.faults)} faults; the rules were not run"
    documents = project.read_documents() if corpus else ()
    return check_rules(project.rules, [read(one) for one in documents if one.status == "read"] if corpus else None)


def _key(paths: Paths) -> tuple[str, ...]:
    if paths is None:
        return ()
    if isinstance(paths, str | Path):
        return (str(paths),)
    return tuple(str(path) for path in paths)


def extract(text_or_documents: str | Sequence[Document], rules: RuleSet) -> pd.DataFrame:
    """The claims of a text or of documents, in one call for a notebook."""
    from indicators.engines.local import extract as run

    documents = [Document("text", text_or_documents)] if isinstance(text_or_documents, str) else text_or_documents
    return run(list(documents), rules).claims
