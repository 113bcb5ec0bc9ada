"""The product's own settings, in a temporary folder and on the database of the test run.

SHANGHENG_TEST_DATABASE names a PostgreSQL server; without it the tests run on SQLite.
"""

import atexit
import os
import shutil
import tempfile

FOLDER = tempfile.mkdtemp(prefix="shangheng-test-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

for name in [name for name in os.environ if name.startswith("SHANGHENG_")]:
    if not name.startswith("SHANGHENG_TEST_"):
        del os.environ[name]  # what the developer has set for another run is not ours
os.environ["SHANGHENG_DATA"] = FOLDER
os.mkdir(os.path.join(FOLDER, "static"))
os.environ["SHANGHENG_DATABASE"] = os.environ.get("SHANGHENG_TEST_DATABASE", "")

from shangheng.config.settings import *  # noqa: E402, F403 - they read what was just set
