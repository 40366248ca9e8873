"""Processes are told apart, also from a later one of the same number; of another machine nobody knows."""

import os

from amont.kernel.processes import is_gone, this_process


def test_this_process_is_not_gone_and_one_that_ended_is() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    machine, _number, _began = this_process().split("/")
    os.waitpid(child, 0)
    assert not is_gone(this_process())
    assert is_gone(f"{machine}/{child}/1")


def test_a_later_process_of_the_same_number_is_another_one() -> None:
    machine, number, began = this_process().split("/")
    assert is_gone(f"{machine}/{number}/{int(began) - 1}")


def test_of_another_machine_or_of_nobody_it_is_not_said() -> None:
    _machine, number, _began = this_process().split("/")
    assert not is_gone(f"elsewhere/{number}/1")
    assert not is_gone("")
