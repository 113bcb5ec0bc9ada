"""Rollups that stopped are named, with what mends it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shangheng.engines.ledger.health import rollups_keep_up
from shangheng.engines.ledger.models import Seal


@pytest.mark.django_db
def test_rollups_that_stopped_are_named() -> None:
    day = timezone.localdate() - timedelta(days=9)
    seal = Seal.objects.create(rolled_through=day, sealed_at=timezone.now())
    (finding,) = rollups_keep_up()
    assert str(day) in str(finding.what)
    assert "现在执行" in str(finding.mend)
    seal.rolled_through = timezone.localdate() - timedelta(days=1)
    seal.save()
    assert not list(rollups_keep_up())
