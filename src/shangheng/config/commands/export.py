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
    from shangheng.core.accounts.models import User
    from shangheng.core.exchange.files import MEDIA
    from shangheng.core.lists.declaring import Asked
    from shangheng.core.lists.exporting import export
    from shangheng.core.ui.moment import Moment
    from shangheng.desks.targets.listings.postings import POSTINGS
    from shangheng.desks.targets.selectors import postings
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
        period = Period.parse(arguments.period)
        known_at = known_instant(arguments.known) if arguments.known else now
    except (BadPeriod, UnknownIndicator, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    rows = postings.in_period(postings.known(Posting.objects.all(), known_at), period)
    if arguments.indicator:
        rows = rows.filter(series__indicator__code=arguments.indicator)
    file = export(
        actor=None,
        at=now,
        listing=POSTINGS,
        rows=rows.order_by("-occurred_on", "-pk"),
        columns=POSTINGS.columns,
        asked=Asked(User(), Moment(arguments.period, None, known_at)),
        form=form,
        told={"period": arguments.period, "indicator": arguments.indicator},
    )
    arguments.out.write_bytes(file.content)
    print(f"{arguments.out}\t{file.rows} 条 rows")
    return 0
