import subprocess
import sys
from pathlib import Path

SERVER = """
import sys, time
from django.conf import settings
settings.configure(DATA_DIR=sys.argv[1])
from shangheng.core.operations.serving import folder_of_numbers, say_that_we_serve
say_that_we_serve()
print(folder_of_numbers(), flush=True)
time.sleep(60)
"""


def server(data: Path) -> tuple["subprocess.Popen[str]", Path]:
    """A process that says that it serves, and its folder."""
    command = [sys.executable, "-c", SERVER, str(data)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    return process, Path(process.stdout.readline().strip())


def test_the_numbers_of_a_killed_server_go_with_the_next_start_and_never_those_of_another(
    tmp_path: Path,
) -> None:
    first, of_first = server(tmp_path)
    second, of_second = server(tmp_path)
    first.kill()
    first.communicate()
    third, of_third = server(tmp_path)
    assert of_second.is_dir(), "the second still runs"
    for process in (second, third):
        process.kill()
        process.communicate()
    last, of_last = server(tmp_path)
    last.kill()
    last.communicate()
    assert [*(tmp_path / "metrics").iterdir()] == [of_last]
    assert of_last not in {of_first, of_second, of_third}
