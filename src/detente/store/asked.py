"""What a stranger may ask, decided on the syntax tree of the question before it is run.

Our tables, and functions that do nothing but compute: what DuckDB tells of itself (settings, secrets, the definitions
of the views, the files behind them) belongs to the machine and not to the news. Whatever is not known to be harmless
is refused, so that a new version of DuckDB brings nothing in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import duckdb
import msgspec

from detente.errors import QuestionError
from detente.store.questions import ONE_SELECT
from detente.store.schema import SCHEMAS

TABLES = (*SCHEMAS, "dyads", "event_dyads", "copies", "one_a_day", "ledger", "aliases", "corrections")
"""What can be asked: the segments, the views over them, and what the catalogue holds."""

# The parts of a tree. Left out on purpose: nodes that change data (a CTE may hold them) and parameters.
_NODES = """
SELECT_NODE SET_OPERATION_NODE RECURSIVE_CTE_NODE CTE_NODE
ORDER_MODIFIER ORDER_DEFAULT ASCENDING DESCENDING LIMIT_MODIFIER LIMIT_PERCENT_MODIFIER DISTINCT_MODIFIER
EMPTY BASE_TABLE TABLE_FUNCTION JOIN SUBQUERY EXPRESSION_LIST PIVOT SHOW_REF
"""
_EXPRESSIONS = """
COLUMN_REF CONSTANT FUNCTION CAST TYPE CASE COMPARISON CONJUNCTION BETWEEN OPERATOR SUBQUERY WINDOW STAR LAMBDA
LAMBDA_REF COLLATE POSITIONAL_REFERENCE
"""
# What DuckDB before 2.0 says of a type beside its name.
_TYPES = """
DECIMAL_TYPE_INFO STRING_TYPE_INFO LIST_TYPE_INFO ARRAY_TYPE_INFO STRUCT_TYPE_INFO ENUM_TYPE_INFO USER_TYPE_INFO
"""
_PARTS = frozenset(f"{_NODES} {_EXPRESSIONS} {_TYPES}".split())

_ROW_MAKERS = frozenset({"unnest", "range", "generate_series", "json_each", "json_tree"})
"""Functions that may stand after FROM. Others read files or tell of the machine; `query('...')` would run a text."""

# Functions that only compute. Left out: what tells of the machine (current_setting, getenv, version), what runs or
# plans a text (json_serialize_plan), what waits or keeps (sleep_ms, nextval, write_log).
_OPERATORS = """
+ - * / // % ** ^ @ ~ & | << >> || && ^@ <@ @> -> ->> ~~ !~~ ~~* !~~* ~~~ !__postfix = <> != < <= > >= __between
"""
_TEXT = """
ascii bin bit_length char_length character_length chr concat concat_ws contains damerau_levenshtein decode encode
ends_with format from_base64 from_hex hamming hash hex ilike_escape instr jaccard jaro_similarity
jaro_winkler_similarity lcase left left_grapheme len length length_grapheme levenshtein like_escape lower lpad ltrim
md5 nfc_normalize not_ilike_escape not_like_escape octet_length ord overlay parse_filename position prefix printf
regexp_escape regexp_extract regexp_extract_all regexp_full_match regexp_matches regexp_replace regexp_split_to_array
repeat replace reverse right right_grapheme rpad rtrim sha1 sha256 split split_part starts_with str_split
str_split_regex string_split string_split_regex string_to_array strip_accents strlen strpos substr substring
substring_grapheme suffix to_base to_base64 to_binary to_hex translate trim ucase unhex unicode upper url_decode
url_encode
"""
_NUMBERS = """
abs acos acosh add asin asinh atan atan2 atanh bit_count cbrt ceil ceiling cos cosh cot degrees divide even exp
factorial fdiv floor fmod gamma gcd greatest greatest_common_divisor isfinite isinf isnan lcm least
least_common_multiple lgamma ln log log10 log2 mod multiply nextafter pi pow power radians random round round_even
sign signbit sin sinh sqrt subtract tan tanh trunc xor
"""
_DAYS = """
age century current_date date_add date_diff date_part date_sub date_trunc datediff datepart datesub datetrunc day
dayname dayofmonth dayofweek dayofyear decade epoch epoch_ms epoch_ns epoch_us era get_current_timestamp hour isodow
isoyear julian last_day make_date make_time make_timestamp microsecond millennium millisecond minute month monthname
nanosecond now quarter second strftime strptime time_bucket timezone to_centuries to_days to_decades to_hours
to_microseconds to_millennia to_milliseconds to_minutes to_months to_quarters to_seconds to_timestamp to_weeks
to_years today try_strptime week weekday weekofyear year yearweek
"""
_LISTS = """
aggregate apply array_aggr array_aggregate array_append array_apply array_cat array_concat array_contains
array_distinct array_extract array_filter array_has array_has_all array_has_any array_indexof array_intersect
array_length array_position array_prepend array_reverse array_reverse_sort array_select array_slice array_sort
array_to_string array_transform array_unique array_value array_where array_zip cardinality element_at filter flatten
list_aggr list_aggregate list_any_value list_append list_apply list_avg list_bool_and list_bool_or list_cat
list_concat list_contains list_count list_distinct list_element list_extract list_filter list_first list_has
list_has_all list_has_any list_histogram list_indexof list_intersect list_last list_max list_median list_min list_mode
list_pack list_position list_prepend list_product list_reduce list_resize list_reverse list_reverse_sort list_select
list_slice list_sort list_string_agg list_sum list_transform list_unique list_value list_where list_zip map map_concat
map_contains map_entries map_extract map_from_entries map_keys map_values reduce row struct_concat struct_extract
struct_insert struct_pack
"""
_JSON = """
array_to_json from_json from_json_strict json json_array json_array_length json_contains json_exists json_extract
json_extract_path json_extract_path_text json_extract_string json_group_array json_group_object json_group_structure
json_keys json_merge_patch json_object json_pretty json_quote json_structure json_transform json_transform_strict
json_type json_valid json_value row_to_json to_json
"""
_CHOICE = "if nullif typeof"
_GROUPS = """
any_value approx_count_distinct approx_quantile approx_top_k arbitrary arg_max arg_max_null arg_min arg_min_null
argmax argmin array_agg avg bit_and bit_or bit_xor bool_and bool_or corr count count_if count_star countif covar_pop
covar_samp entropy favg first fsum geomean group_concat grouping grouping_id histogram kurtosis last list listagg mad
max max_by mean median min min_by mode product quantile quantile_cont quantile_disc regr_avgx regr_avgy regr_count
regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy sem skewness stddev stddev_pop stddev_samp string_agg sum
var_pop var_samp variance weighted_avg
"""
_WINDOWS = """
cume_dist dense_rank fill first_value lag last_value lead nth_value ntile percent_rank rank row_number
"""
_PURE = _ROW_MAKERS | frozenset(
    " ".join((_OPERATORS, _TEXT, _NUMBERS, _DAYS, _LISTS, _JSON, _CHOICE, _GROUPS, _WINDOWS)).split()
)

Node = dict[str, Any]


def tables_asked(question: str) -> frozenset[str]:
    """The tables that a stranger's question names.

    "SELECT count(*) FROM Reports"              -> {"reports"}
    "WITH x AS (FROM events) SELECT * FROM x"   -> {"events"}

    Raises `QuestionError` for faulty SQL, for anything but one SELECT, and for what is not ours to tell.
    """
    with duckdb.connect(":memory:", config={"enable_external_access": "false", "threads": "1"}) as connection:
        try:
            statements = connection.extract_statements(question)
            if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                raise QuestionError(ONE_SELECT)
            [(told,)] = connection.execute("SELECT json_serialize_sql(?::VARCHAR)", [question]).fetchall()
        except duckdb.Error as error:
            raise QuestionError(f"the question failed: {error}") from error
        of_duckdb = {name for [name] in connection.execute("SELECT view_name FROM duckdb_views()").fetchall()}
    nodes = list(_nodes(_decoded(told)))
    made = _made(nodes, of_duckdb)
    # A table of the question's own may be called as one of ours, and be made of it.
    return frozenset().union(*(_allowed(node, made) for node in nodes)) & frozenset(TABLES)


def _decoded(told: str) -> Node:
    try:
        tree: Node = msgspec.json.decode(told)
    except RecursionError:
        raise QuestionError("the question is nested too deeply; put its parts into WITH") from None
    if tree["error"]:  # a PIVOT that must first ask for its columns is several statements inside
        raise QuestionError(f"{ONE_SELECT}; a PIVOT names its values, as in ON type IN ('AGREE', 'REJECT')")
    return tree


def _nodes(tree: object) -> Iterator[Node]:
    """All parts of a tree; no recursion, for a stranger chooses the depth."""
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            yield part
            if part.get("class") != "CONSTANT":  # a literal is a value and no part
                waiting += part.values()
        elif isinstance(part, list):
            waiting += part


def _made(nodes: list[Node], of_duckdb: set[str]) -> frozenset[str]:
    """The tables that the question makes for itself with WITH.

    Where each of them is seen is not followed here, so that none may be called as a table of DuckDB's or as a file:
    WITH x AS (FROM sqlite_master), sqlite_master AS (SELECT 1) FROM x
    """
    names = {entry["key"].lower() for node in nodes for entry in (node.get("cte_map") or {"map": ()})["map"]}
    for name in names:
        if not re.fullmatch(r"\w+", name) or name in of_duckdb:
            raise QuestionError(f"a table of WITH cannot be called {name} here; use another name")
    return frozenset(names)


def _allowed(node: Node, made: frozenset[str]) -> set[str]:
    """The tables that one part of the tree names."""
    part = node.get("class", node.get("type"))
    if isinstance(part, str) and part not in _PARTS:
        raise QuestionError(f"{ONE_SELECT} ({part.lower().replace('_', ' ')} is no part of a question)")
    if part == "TABLE_FUNCTION" and node["function"].get("function_name", "").lower() not in _ROW_MAKERS:
        raise _no_function(node["function"].get("function_name", "that is no function"))
    if "function_name" in node and node["function_name"].lower() not in _PURE:
        raise _no_function(node["function_name"])
    if part == "BASE_TABLE" or (part == "SHOW_REF" and node["query"] is None):
        return {_table(node, made)}
    return set()


def _no_function(name: str) -> QuestionError:
    return QuestionError(
        f"the function {name} is not for questions here; those over text, numbers, days, lists, JSON and groups are"
    )


def _table(node: Node, made: frozenset[str]) -> str:
    names = [name for name in (node["catalog_name"], node["schema_name"], node["table_name"]) if name]
    name = ".".join(names).lower()
    if name not in TABLES and name not in made:
        raise QuestionError(f"no table {name} is here; there are {', '.join(TABLES)}")
    return name
