"""Importing postings as the pages and the command line do."""

from django.utils import timezone

from shangheng.core.accounts.models import User
from shangheng.core.imports.held import Upload
from shangheng.core.imports.models import Batch
from shangheng.core.imports.services.commit import Wish
from shangheng.core.imports.services.commit import commit as take_in
from shangheng.core.imports.services.preview import Preview
from shangheng.core.imports.services.preview import preview as look_at
from shangheng.desks.targets.services.import_postings import TABLE
from shangheng.engines.ledger.models import Entry

HEADER = "指标,责任单位,发生日期,数值,计量单位,资金投向,对象名称"
GOOD = f"""{HEADER}
招商引资实际到位资金,保税办,2021-03-31,24.1,亿元,产业项目,
到位资金,保税办,2021-04-30,20,亿元,产业以外,
签约项目,保税办,2021-04-30,1,个,,示例项目
"""


def upload_of(text: str | bytes, name: str = "三月.csv") -> Upload:
    return Upload(name, text.encode() if isinstance(text, str) else text)


def preview(actor: User, text: str | bytes, name: str = "三月.csv") -> Preview:
    return look_at(actor=actor, at=timezone.now(), table=TABLE, upload=upload_of(text, name))


def commit_batch(actor: User, text: str, *, with_duplicates: bool = False) -> Batch:
    wish = Wish(with_repeats=with_duplicates)
    return take_in(actor=actor, at=timezone.now(), table=TABLE, upload=upload_of(text), wish=wish)


def commit(actor: User, text: str, *, with_duplicates: bool = False) -> Entry:
    batch = commit_batch(actor, text, with_duplicates=with_duplicates)
    return Entry.objects.get(pk=int(batch.result.partition(":")[2]))
