"""Ctrl-C and requests to end: met at once, but never in the middle of what must not be cut."""

import os
import signal
import threading

import pytest

from onrecord.cli.stopping import Stop


def ask_to_end(stop, number, done, *, held):
    """Asks this process to end while the signals are listened to, and notes what was still done."""
    with stop.listen():
        if not held:
            os.kill(os.getpid(), number)
            done.append("went on")
        with stop.hold(), stop.hold():
            os.kill(os.getpid(), number)
            done.append("written")
        done.append("went on")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_request_that_comes_while_something_is_written_waits_for_its_end(number, code):
    stop, done = Stop(), []
    with pytest.raises(KeyboardInterrupt):
        ask_to_end(stop, number, done, held=True)
    assert (done, stop.exit_code) == (["written"], code)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_request_at_any_other_time_is_met_at_once(number, code):
    stop, done = Stop(), []
    with pytest.raises(KeyboardInterrupt):
        ask_to_end(stop, number, done, held=False)
    assert (done, stop.exit_code) == ([], code)


def test_what_is_held_after_a_request_is_not_interrupted_by_it_again():
    stop, done = Stop(), []
    with pytest.raises(KeyboardInterrupt):
        ask_to_end(stop, signal.SIGTERM, done, held=False)
    with stop.hold():
        done.append("written")
    assert done == ["written"]


def test_outside_the_main_thread_signals_are_left_alone():
    before, seen = signal.getsignal(signal.SIGTERM), []

    def listen():
        with Stop().listen():
            seen.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=listen)
    thread.start()
    thread.join()
    assert seen == [before]
