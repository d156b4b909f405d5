"""Starting on a port that is free, and ending when asked to. The demo runs as `make demo` starts it."""

from __future__ import annotations

import signal
import socket

import pytest

from demo.app import listen
from tests.demo.process import DemoProcess


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_within_five_seconds_and_without_a_complaint(number: signal.Signals) -> None:
    with DemoProcess.started() as demo:
        assert "Try this first" in demo.page()
        assert demo.end(number, within_seconds=5) == 0
        assert demo.printed[-1] == "The demo has ended."
        assert not [line for line in demo.printed if "Traceback" in line or "Error" in line]


def test_a_port_that_is_taken_is_said_and_another_is_used() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with DemoProcess.started(port) as demo:
            assert demo.link != f"http://127.0.0.1:{port}/"
            assert demo.printed[0].startswith(f"Port {port} cannot be had")
            assert "Try this first" in demo.page()


def test_only_the_loopback_address_is_listened_on() -> None:
    for wanted in (0, 8765):
        with listen(wanted) as listening:
            assert listening.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize("wanted", [1, 65_535, 70_000])
def test_whatever_port_is_wanted_a_real_one_is_had(wanted: int) -> None:
    with listen(wanted) as listening:
        assert 0 < listening.getsockname()[1] < 1 << 16
