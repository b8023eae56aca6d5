"""The peer: Splink on DuckDB, set up as its own documentation does. Runs in an environment of its own.

    python bench/peer/splink_match.py pairs RECORDS OUT
    python bench/peer/splink_match.py look KNOWN LABELLED CALLERS OUT SECONDS

`pairs` learns without labels (expectation maximisation) and scores every blocked pair of a file. `look` learns from
labelled callers of the same making, then finds callers among the known: all at once for its recall, and one by one
for as long as SECONDS for its time.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import warnings
from pathlib import Path
from typing import Any

import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

MOST_LOOKED = 100
MOST_OF_ONE = 5
COLUMNS = {
    "given_name": lambda: cl.NameComparison("given_name"),
    "surname": lambda: cl.NameComparison("surname"),
    "dob": lambda: cl.DateOfBirthComparison("dob", input_is_string=True, datetime_format="%Y-%m-%d"),
    "phone": lambda: cl.DamerauLevenshteinAtThresholds("phone", [1]),
    "email": lambda: cl.EmailComparison("email"),
    "number": lambda: cl.DamerauLevenshteinAtThresholds("number", [1]),
    "street": lambda: cl.LevenshteinAtThresholds("street", [2, 5]),
    "town": lambda: cl.LevenshteinAtThresholds("town", [2]),
    "postcode": lambda: cl.LevenshteinAtThresholds("postcode", [1, 2]),
}
RARE = ("given_name", "surname", "postcode", "town", "street")  # compared with their term frequencies
RULES = (
    ("given_name", "surname"),
    ("dob",),
    ("phone",),
    ("email",),
    ("postcode", "surname"),
    ("postcode", "given_name"),
    ("number", "street"),
)
CERTAIN = (("given_name", "dob"), ("surname", "dob"), ("email",))  # what is nearly always one person
WIDER = (("surname",), ("postcode",), ("street",))  # for files of a few thousand


def main(words: list[str]) -> None:
    """Either measurement."""
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    pairs(*words[1:]) if words[0] == "pairs" else look(*words[1:])


def pairs(records: str, out: str) -> None:
    """Every blocked pair of a file with its match weight."""
    frame = _read(records)
    columns = [name for name in COLUMNS if frame[name].notna().any()]
    linker = Linker(frame, _settings(columns, RULES + WIDER), DuckDBAPI())
    certain = [_rule(rule) for rule in CERTAIN if set(rule) <= set(columns)]
    began = time.perf_counter()
    linker.training.estimate_probability_two_random_records_match(certain, recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (("dob",), ("surname",), ("given_name",)):
        linker.training.estimate_parameters_using_expectation_maximisation(_rule(rule))
    found = linker.inference.predict(threshold_match_weight=-20).as_pandas_dataframe()
    scored = found[["id_l", "id_r", "match_weight"]].to_numpy().tolist()
    _keep(out, {"pairs": scored, "seconds": time.perf_counter() - began})


def look(known: str, labelled: str, callers: str, out: str, seconds: str) -> None:
    """Callers found among the known."""
    frame, taught, asked = _read(known), _read(labelled), _read(callers)
    columns = [name for name in COLUMNS if asked[name].notna().any()]
    settings = _settings(columns, RULES)
    teacher = Linker(taught, settings, DuckDBAPI())
    teacher.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    teacher.training.estimate_m_from_label_column("cluster")
    model: dict[str, Any] = teacher.misc.save_model_to_json()
    model["probability_two_random_records_match"] = 1 / len(frame)
    linker = Linker(frame, model, DuckDBAPI())
    for name in RARE:
        if name in columns:
            linker.table_management.compute_tf_table(name)
    found = _found(linker, asked)
    times: list[float] = []
    end = time.perf_counter() + float(seconds)
    for place in range(min(MOST_LOOKED, len(asked))):
        began = time.perf_counter()
        _found(linker, asked.iloc[[place]])
        times.append(time.perf_counter() - began)
        if time.perf_counter() > end:
            break
    _keep(out, {"found": found, "times": times})


def _found(linker: Linker, asked: pd.DataFrame) -> list[list[float]]:
    """Caller, whom the peer holds most likely, and the match weight, for a few of each caller."""
    result = linker.inference.find_matches_to_new_records(
        asked, blocking_rules=_rules(RULES, list(asked.columns)), match_weight_threshold=-20
    )
    frame = result.as_pandas_dataframe()
    result.drop_table_from_database_and_remove_from_cache()
    if frame.empty:
        return []
    best = frame.sort_values("match_weight").groupby("id_r").tail(MOST_OF_ONE)
    return best[["id_r", "id_l", "match_weight"]].to_numpy().tolist()


def _settings(columns: list[str], rules: tuple[tuple[str, ...], ...]) -> SettingsCreator:
    comparisons = [COLUMNS[name]() for name in columns]
    for name, comparison in zip(columns, comparisons, strict=True):
        if name in RARE:
            comparison.configure(term_frequency_adjustments=True)
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=_rules(rules, columns),
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )


def _rules(rules: tuple[tuple[str, ...], ...], columns: list[str]) -> list[Any]:
    return [_rule(rule) for rule in rules if set(rule) <= set(columns)]


def _rule(rule: tuple[str, ...]) -> Any:
    return block_on(*rule)


def _read(path: str) -> pd.DataFrame:
    frame = pd.read_csv(path, dtype=str, keep_default_na=False).replace("", None)
    frame["id"] = frame["id"].astype(int)
    return frame


def _keep(path: str, found: dict[str, Any]) -> None:
    Path(path).write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
