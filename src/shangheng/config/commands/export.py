"""`shangheng export postings --period 2021 --out FILE`: what the ledger holds, as a table."""

import argparse
import sys
from pathlib import Path


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `export` to the command line."""
    parser = subparsers.add_parser("export", help="导出数据 hand out what the ledger holds")
    parser.add_argument("what", choices=["postings"], help="入账记录 postings")
    parser.add_argument("--period", required=True, help="时期 2021, 2021-10, 2021-01/2021-10")
    parser.add_argument("--out", type=Path, required=True, help="文件 file (.xlsx or .csv)")
    parser.add_argument("--indicator", default="", help="指标编码 code of one indicator")
    parser.add_argument(
        "--known", "--as-known", help="按哪一天所知 as known on a day, such as 2022-01-10"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the file and say how many rows it has; 2 when the question cannot be read."""
    import django

    django.setup()
    from django.utils import timezone

    from shangheng.config.commands.figure import known_instant
    from shangheng.desks.targets.selectors import postings
    from shangheng.desks.targets.services.exports import MEDIA, export_postings
    from shangheng.engines.ledger import catalogue
    from shangheng.engines.ledger.domain.indicator import UnknownIndicator
    from shangheng.engines.ledger.domain.period import BadPeriod, Period
    from shangheng.engines.ledger.models import Posting

    form = arguments.out.suffix.lower().removeprefix(".")
    if form not in MEDIA:
        print("文件名应以 .xlsx 或 .csv 结尾 --out must end in .xlsx or .csv", file=sys.stderr)
        return 2
    now = timezone.now()
    try:
        if arguments.indicator:
            catalogue.indicator(arguments.indicator)
        filters = postings.Filters(
            period=Period.parse(arguments.period), indicator=arguments.indicator
        )
        known_at = known_instant(arguments.known) if arguments.known else now
    except (BadPeriod, UnknownIndicator, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    rows = postings.found(Posting.objects.all(), filters, known_at=known_at)
    file = export_postings(
        actor=None,
        at=now,
        rows=postings.read(rows),
        known_at=known_at,
        form=form,
        told={"period": arguments.period, "indicator": arguments.indicator},
    )
    arguments.out.write_bytes(file.content)
    print(f"{arguments.out}\t{file.rows} 条 rows")
    return 0
