"""The script that tries the README on an empty machine; here only that it goes on saying what the README says."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def test_a_machine_that_cannot_be_made_is_said_in_words_and_is_no_success() -> None:
    said = subprocess.run(
        ["bash", str(HERE / "machine.sh"), "--until", "christmas"], capture_output=True, text=True, check=False
    )
    assert said.returncode == 2
    assert said.stderr == (
        "No empty machine could be made here, so nothing was proven: --until is demo, test or browser, not christmas.\n"
    )


def test_what_it_types_is_what_the_readme_says() -> None:
    readme, steps = (ROOT / "README.md").read_text(encoding="utf-8"), (HERE / "steps.sh").read_text(encoding="utf-8")
    assert re.findall(r"^ *sudo apt install (.+)$", readme, re.MULTILINE)[0] == "python3 python3-venv git make"
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert re.findall(r"^ *sudo apt install (.+)$", contributing, re.MULTILINE)[0] == "chromium libatomic1"
    for command, said in (
        ("git clone", readme),
        ("make demo", readme),
        ("make test", readme),
        ("make browser", contributing),
    ):
        assert command in steps
        assert command in said
