"""`shangheng search rebuild`, `shangheng search verify`: the index of the search."""

import argparse


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `search` to the command line."""
    parser = subparsers.add_parser("search", help="搜索索引 the index of the search")
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    rebuild = acts.add_parser("rebuild", help="由数据重建索引 make the index anew from the tables")
    rebuild.set_defaults(run=run_rebuild)
    verify = acts.add_parser(
        "verify", help="核对索引与数据是否一致 compare the index with the tables"
    )
    verify.set_defaults(run=run_verify)


def run_rebuild(_arguments: argparse.Namespace) -> int:
    """Rebuild and say how many of each kind there are."""
    import django

    django.setup()
    from shangheng.core.search.services import rebuild

    for kind, count in rebuild().items():
        print(f"{kind}\t{count}")
    return 0


def run_verify(_arguments: argparse.Namespace) -> int:
    """Name what differs; 1 when anything does."""
    import django

    django.setup()
    from shangheng.core.search.services import differences

    found = differences()
    for one in found:
        print(one)
    print(
        "索引与数据不一致，请运行 run: shangheng search rebuild"
        if found
        else "索引与数据一致 the index is as the tables have it"
    )
    return 1 if found else 0
