"""A few hundred of the spoiled files that `mutated_files` makes by the thousand."""

import signal

from tests.reliability import mutated_files


def test_spoiled_files_are_read_or_refused_in_words() -> None:
    before = signal.signal(signal.SIGPROF, mutated_files._ring)
    try:
        outcome = mutated_files.spoil_and_read(300, seed=2021)
    finally:
        signal.signal(signal.SIGPROF, before)
    assert outcome.failures == []
    assert all(outcome.refused[reader] for reader in mutated_files.READERS)
