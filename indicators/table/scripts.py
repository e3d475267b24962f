"""read.R and read.do: the downloaded tables in R and in Stata, types and labels right, nothing to install."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.table.columns import CLAIMS, OBSERVATIONS, Columns

_R_TYPES = {"text": "character", "number": "numeric", "count": "integer", "truth": "character"}

_R = """# Reads the tables of this folder in R; needs no package. 在 R 中读取本文件夹的表，无需安装任何包。
# setwd("folder of this file") or source("read.R", chdir = TRUE)
read_table <- function(file, types) {{
  table <- read.csv(file, fileEncoding = "UTF-8-BOM", colClasses = types, na.strings = "", check.names = FALSE)
  truth <- vapply(table, function(x) is.character(x) && all(x %in% c("true", "false", NA)) && any(!is.na(x)), TRUE)
  table[truth] <- lapply(table[truth], function(x) x == "true")
  table
}}
claims <- read_table("claims.csv", {claims})
observations <- read_table("observations.csv", {observations})
# An empty cell of the panel is "not reported", never 0. 面板中的空格表示“未报告”，不是 0。
code <- c(county_code = "character")
panel <- read.csv("panel.csv", fileEncoding = "UTF-8-BOM", colClasses = code, check.names = FALSE)
cat(nrow(claims), "claims,", nrow(observations), "observations,", nrow(panel), "county-years\\n")
"""

_DO = """* Reads the tables of this folder in Stata 14 or later. 在 Stata 14 及以上版本中读取本文件夹的表。
* cd "folder of this file"
version 14
use "panel.dta", clear
describe, short
* An empty cell of the panel is "not reported", never 0. 面板中的空格表示“未报告”，不是 0。
capture encode county_code, generate(county_id)
capture xtset county_id year
use "claims.dta", clear
describe, short
"""


def scripts() -> dict[str, bytes]:
    """read.R and read.do for the tables of a data package."""
    read = _R.format(claims=_r_vector(CLAIMS), observations=_r_vector(OBSERVATIONS))
    return {"read.R": read.encode(), "read.do": _DO.encode()}


def _r_vector(columns: Columns) -> str:
    pairs: Sequence[str] = [f'{name} = "{_R_TYPES[type_]}"' for name, type_ in columns.items()]
    return f"c({', '.join(pairs)})"
