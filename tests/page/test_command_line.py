import signal
import socket
import subprocess

from tests.page.program import COMMAND, ROOT


def test_a_port_in_use_is_said_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = subprocess.run([*COMMAND, port], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.startswith(f"Port {port} can't be used")
    assert ended.stderr.count("\n") == 1


def test_ctrl_c_stops_it_without_a_word() -> None:
    with subprocess.Popen(  # noqa: S603 - our own program
        [*COMMAND, "0"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as demo:
        said = "" if demo.stdout is None else demo.stdout.readline()
        demo.send_signal(signal.SIGINT)
        rest = demo.communicate(timeout=20)
    assert "http://127.0.0.1:" in said
    assert rest == ("", "")
    assert demo.returncode == 0
