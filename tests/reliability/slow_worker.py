"""A worker whose exports take their time: `python -m tests.reliability.slow_worker SECONDS`.

Runs with the environment of an installation, does the real work after SECONDS of telling progress,
and prints the job it has taken up, so that a test can stop or kill it in the middle.
"""

import signal
import sys
import time
from dataclasses import replace

import django


def main(seconds: float) -> None:
    """Run jobs until told to stop."""
    django.setup()
    from shangheng.core.jobs import registry
    from shangheng.core.jobs.run import Run
    from shangheng.core.jobs.worker import Worker

    real = registry.handler_of("lists.export")

    def slowly(run: Run) -> None:
        sys.stdout.write(f"{run.job.pk}\n")
        sys.stdout.flush()
        steps = round(seconds * 20)
        for step in range(steps):
            run.progress(step, steps, "slowly")
            time.sleep(0.05)
        real.run(run)

    registry.register(replace(real, run=slowly))
    worker = Worker(threads=1)
    signal.signal(signal.SIGTERM, lambda *_: worker.stop())
    worker.run()


if __name__ == "__main__":
    main(float(sys.argv[1]))
