"""What config.yaml and packs may hold: pydantic models, frozen, unknown keys refused.

Scalars arrive as strings (`located`), so types come from here alone: a number is written 1185 or -3.5, a truth value
true or false. `yes` is text, `0123` is refused where a number is due.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from indicators.model import Kind, Qualifier, Status
from indicators.rules.messages import Message, say

Time = Literal["stock", "flow", "cumulative"]
Basis = Literal["yoy", "qoq", "from_to", "since_base", "previous_contract", "unstated"]
ID_PATTERN = r"[a-z][a-z0-9_]{0,31}"
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,17})(?:\.\d{1,18})?")


def fault(words: Message) -> PydanticCustomError:
    """A validation error that carries its message; `validation` prints it as it stands."""
    context = {"message": words.message, "remedy": words.remedy, "zh": words.zh}
    return PydanticCustomError("rule_fault", "{message}", context)


def _number(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not _NUMBER.fullmatch(value.strip()):
        raise fault(say("value_number", written=value))
    return float(value)


def _truth(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value not in ("true", "false"):
        raise fault(say("value_truth", written=value))
    return value == "true"


def _text_map(value: Any) -> Any:
    """A plain text is its Chinese. `{zh: 甲, 乙}` is YAML for zh 甲 and a key 乙 without a value: joined again."""
    if isinstance(value, str):
        return {"zh": value}
    if not isinstance(value, dict):
        return value
    joined: dict[str, Any] = {}
    for key, words in value.items():
        last = next(reversed(joined), None)
        if words is None and key not in ("zh", "en") and last is not None and isinstance(joined[last], str):
            joined[last] = f"{joined[last]}, {key}"
        else:
            joined[key] = words
    return joined


Number = Annotated[float, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
Truth = Annotated[bool, BeforeValidator(_truth), WithJsonSchema({"type": "boolean"})]
Line = Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class Entry(BaseModel):
    """What all entries share: frozen, no unknown keys, a key without a value counts as absent."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, value: Any) -> Any:
        return {key: inner for key, inner in value.items() if inner is not None} if isinstance(value, dict) else value


class Words(Entry):
    """A text in Chinese and, where there is one, in English."""

    zh: Line
    en: str = ""

    def __str__(self) -> str:
        return self.zh


Text = Annotated[Words, BeforeValidator(_text_map)]


class Example(Entry):
    """A text and what the indicator must read from it under all rules: `value`, or `values` in order of the text."""

    text: Line
    value: Number | None = None
    values: tuple[Number, ...] = ()
    unit: str = ""
    status: Status | None = None
    qualifier: Qualifier | None = None
    part: str | None = None
    time: Time | None = None
    basis: Basis | None = None

    @model_validator(mode="after")
    def _has_value(self) -> Example:
        if (self.value is None) == (not self.values):
            raise fault(say("example_value"))
        return self

    @property
    def expected(self) -> tuple[float, ...]:
        """The values due, in order."""
        return self.values if self.value is None else (self.value,)


class Per(Entry):
    """A denominator offered when comparing: value / indicator * times, of years at most `max_years_apart` apart."""

    indicator: str
    times: Number = 1.0
    max_years_apart: Number = 1.0


def _described(words: str) -> Any:
    return Field(description=words)


class IndicatorEntry(Entry):
    """One indicator as written in YAML; its key is its id."""

    name: Annotated[Text, _described("名称 Name: {zh: 村民小组党支部, en: Party branches in villager groups}")]
    counts: Annotated[Text | None, _described("一个单位指什么 What one unit is; count and amount need it")] = None
    not_counts: Annotated[Text | None, _described("不计什么 What is not counted; count and amount need it")] = None
    topic: Annotated[str, _described("主题 One of topics")] = ""
    kind: Annotated[Kind, _described("类别 What kind of number it is")]
    time: Annotated[Time | None, _described("存量、流量或累计 A named group (?P<time>...) may decide")] = None
    of: Annotated[str, _described("变化的是哪个指标 The indicator that a change is of")] = ""
    basis: Annotated[Basis | None, _described("与什么相比 What a change is compared with")] = None
    unit: Annotated[
        str, StringConstraints(min_length=1, max_length=20), _described("单位 {value} takes what converts into it")
    ]
    same_as: Annotated[tuple[Line, ...], _described("同义量词 Further classifiers that count the same thing")] = ()
    patterns: Annotated[
        tuple[Line, ...], Field(min_length=1), _described("模式 Tried in order in one sentence; {value} is the number")
    ]
    unless: Annotated[tuple[Line, ...], _described("排除 Not where one of these stands in the clause")] = ()
    per: Annotated[tuple[Per, ...], _described("可用的分母 Denominators offered when comparing")] = ()
    priority: Annotated[Number, _described("优先级 The higher takes a number before others; 0 by default")] = 0.0
    also: Annotated[Truth, _described("共用 true: shares a number with its owner")] = False
    examples: Annotated[tuple[Example, ...], _described("例句 Texts and the values they must give")] = ()
    rejects: Annotated[tuple[Line, ...], _described("反例 Texts that must not be captured")] = ()


class CheckEntry(Entry):
    """A declared identity: the claim equals the expression over indicators, within the tolerance."""

    claim: str
    equals: Line
    tolerance: Number = 0.0
    scope: Literal["document", "sentence", "place"] = "document"
    name: Text | None = None


class PackFile(Entry):
    """A pack: indicators and what they need."""

    schema_: Annotated[Literal["1"] | None, Field(alias="schema")] = None
    topics: Annotated[dict[str, Text], _described("主题 Topics by id")] = {}
    macros: Annotated[dict[str, Line], _described("宏 Named pieces of patterns, written {name}")] = {}
    indicators: Annotated[
        dict[Annotated[str, StringConstraints(pattern=f"^{ID_PATTERN}$")], IndicatorEntry],
        _described("指标 Indicators by id: a-z, 0-9 and _, at most 32 characters"),
    ] = {}
    checks: Annotated[dict[str, CheckEntry], _described("核对 Identities that claims must satisfy")] = {}


class ConfigFile(PackFile):
    """config.yaml: a pack that also names the corpus, further packs and outside series."""

    corpus: Annotated[tuple[Line, ...], _described("文档 Folders and files of the corpus")] = ()
    packs: Annotated[tuple[Line, ...], _described("规则包 Shipped packs by name, or paths of YAML files")] = ()
    series: Annotated[tuple[Line, ...], _described("外部序列 CSV files of denominators from outside")] = ()
    deflator: Annotated[Line | None, _described("价格指数 CSV file (year, index, code): constant prices")] = None


def json_schema() -> dict[str, Any]:
    """JSON Schema of config.yaml, for editors that complete and check YAML."""
    schema = ConfigFile.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "indicators config.yaml"
    schema["properties"]["schema"] = {"const": 1, "title": "Schema", "description": "Version of this file format."}
    schema["properties"]["indicators"]["additionalProperties"] = False  # ids that do not match the pattern
    _allow_plain_text(schema)
    return schema


def _allow_plain_text(schema: Any) -> None:
    """A text may be written without {zh: ...}: say so wherever the schema refers to Words."""
    if isinstance(schema, dict):
        for key, value in list(schema.items()):
            if isinstance(value, dict) and value.get("$ref") == "#/$defs/Words":
                schema[key] = {"anyOf": [value, {"type": "string"}]}
            else:
                _allow_plain_text(value)
    elif isinstance(schema, list):
        for index, value in enumerate(schema):
            if isinstance(value, dict) and value.get("$ref") == "#/$defs/Words":
                schema[index] = {"anyOf": [value, {"type": "string"}]}
            else:
                _allow_plain_text(value)
