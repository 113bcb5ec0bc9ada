"""Nothing grows past what one can take in: files of 400 lines, functions of 50."""

import ast
from pathlib import Path

from tests.house.tree import name, parsed, under

FILE_LINES = 400
FUNCTION_LINES = 50


def python_files() -> list[Path]:
    found = under("src", "tests", "benchmarks", "scripts", suffix=".py")
    return [file for file in found if "migrations" not in file.parts]


def test_no_file_is_longer_than_400_lines() -> None:
    long = [
        f"{name(file)}: {count} lines"
        for file in python_files()
        if (count := len(file.read_text(encoding="utf-8").splitlines())) > FILE_LINES
    ]
    assert not long, f"Split the module into a package of modules with one concern each: {long}"


def test_no_function_is_longer_than_50_lines() -> None:
    long = [
        f"{name(file)}:{node.lineno} {node.name}: {node.end_lineno - node.lineno + 1} lines"
        for file in python_files()
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > FUNCTION_LINES
    ]
    assert not long, f"Give each step of the function a name of its own: {long}"
