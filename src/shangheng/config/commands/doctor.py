"""`shangheng doctor`: what is wrong with this installation, why it matters, what mends it."""

import argparse
import json
from typing import Any


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `doctor` to the command line."""
    parser = subparsers.add_parser(
        "doctor", help="体检:哪里不对、怎么修 what is wrong here and how to mend it"
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON answer as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run every check; 1 when one finds an error, 0 when there are warnings at most."""
    import django

    django.setup()
    from shangheng.core.operations.doctor import examine
    from shangheng.core.operations.findings import in_both
    from shangheng.core.operations.registry import Level

    examined = examine()
    results = [(check, finding) for check, findings in examined for finding in findings]
    passed = [check.code for check, findings in examined if not findings]
    rows: list[dict[str, Any]] = [
        {"check": check.code, "level": finding.level.value, **in_both(finding)}
        for check, finding in results
    ]
    if arguments.json:
        print(json.dumps({"passed": passed, "findings": rows}, ensure_ascii=False, indent=1))
    else:
        for code in passed:
            print(f"✓ {code}")
        for row in rows:
            mark = "✗" if row["level"] == Level.ERROR else "!"
            print(f"{mark} {row['check']}\n  {row['zh']['what']} {row['en']['what']}")
            print(f"  {row['zh']['why']} {row['en']['why']}\n  → {row['zh']['mend']}")
            if row["en"]["mend"] != row["zh"]["mend"]:
                print(f"    {row['en']['mend']}")
    return 1 if any(row["level"] == Level.ERROR for row in rows) else 0
