"""The page: one table in Markdown, and in words where Benchmate costs more."""

from __future__ import annotations

from dataclasses import replace

from bench.page import Asked, figure, markdown, page, ratio
from bench.report import Line, Size
from bench.results import Results, Run
from tests.bench.figures import card, results

ASKED = Asked("python -m bench --runs 3", 3, red=False)
SIZES = [Size(number, "records") for number in (10, 100, 1_000)]


def cells(words: str, name: str) -> list[str]:
    """The cells of the first row of the page's tables that begins with the name."""
    row = next(row for row in words.splitlines() if row.startswith(f"| {name}"))
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_a_row_has_ratio_spread_both_figures_limit_and_verdict() -> None:
    found = cells(page(results([card(1.1)], [card(1.25)], [card(1.4)]), ASKED), "A card")
    assert found == [
        *("A card", "a bare command", "**1.25**", "1.10 to 1.40"),
        *("2.50 ms", "2.00 ms", "at most 1.50", "yes", "–"),
    ]


def test_a_row_with_three_sizes_tells_how_the_cost_grows() -> None:
    lines = [card(number, size=size) for number, size in zip((1.0, 1.1, 1.6), SIZES, strict=True)]
    found = cells(page(results(lines), ASKED), "A card")
    assert found[0] == "A card, 1,000 records"
    assert found[-2:] == ["**no**", "10 / 100 / 1,000 records: 1.00 / 1.10 / 1.60; 2.00 / 2.20 / 3.20 ms"]


def test_a_figure_with_nobody_beside_it_has_no_ratio_and_is_not_called_slower() -> None:
    lines = [Line("Lateness", 17.04, "ms", 100.0, note="of a short sleep")]
    words = page(results(lines, [replace(lines[0], measured=19.0)]), ASKED)
    assert cells(words, "Lateness") == [
        *("Lateness (of a short sleep)", "–", "–", "17.0 to 19.0 ms", "18.0 ms", "–", "at most 100 ms", "yes", "–"),
    ]
    assert "## Where Benchmate costs more\n\nNowhere." in words


def test_what_costs_more_and_which_limit_is_missed_stand_there_in_words() -> None:
    words = page(results([card(1.6)], [card(1.8)], [card(1.7)]), ASKED)
    more, less = words.index("## Where Benchmate costs more"), words.index("## Where it costs less")
    assert "- A card: 1.70 times a bare command" in words[more:less]
    assert "## Limits that are not held\n\n- A card (against a bare command)" in words


def test_the_page_names_command_machine_versions_commit_and_time() -> None:
    words = page(results([card(1.1)], [card(1.2)]), ASKED)
    assert "    python -m bench --runs 3\n" in words
    assert "- Machine: 2 cores of a processor\n- Python 3.11\n" in words
    assert "- Measured: 2026-11-23 21:01 to 2026-11-23 21:02 UTC, 1.0 minutes in all" in words
    assert "- Commit: 0123456789ab" in words
    assert "the median of 2 runs" in words


def test_a_quick_run_says_that_its_figures_mean_nothing_and_judges_nothing() -> None:
    words = page(results([card(9.0)], quick=True), ASKED)
    assert "**This was a quick run**" in words
    assert cells(words, "A card")[7] == "–"
    assert "Limits that are not held" not in words
    assert "costs more" not in words
    assert "quick run" not in page(results([card(9.0)]), ASKED)


def test_what_was_not_measured_is_said() -> None:
    words = page(results([card(1.0)]), ASKED)
    assert "Red-DiscordBot was not measured in this run" in words
    assert "Not measured in this run: how well search" in words
    assert "What could not be measured" not in words
    failed = Run("delivery", 2, "2026-11-23T21:05:00+00:00", 1.0, "0123456789ab", failure="The server has gone.")
    with_failure = results([card(1.0)])
    with_failure.put(failed)
    assert "- delivery, run 2: The server has gone." in page(with_failure, ASKED)


def test_how_well_it_finds_has_a_table_of_its_own() -> None:
    well = Line("Retrieval: recall@5", 0.728, "", 0.72, at_most=False, note="90 titles", quality=True)
    words = page(results([card(1.0), well]), ASKED)
    head, tail = words.split("## How well it finds")
    assert "Retrieval" not in head
    assert cells(tail, "Retrieval") == ["Retrieval: recall@5", "0.728", "at least 0.720", "yes", "90 titles"]


def test_with_red_the_page_says_how_it_was_measured() -> None:
    words = page(results([card(1.0)]), replace(ASKED, red=True))
    assert "Red-DiscordBot runs in an environment of its own" in words
    assert "was not measured" not in words.split("## How well it finds")[0]


def test_an_empty_page_is_still_a_page() -> None:
    assert "# Benchmarks" in page(Results("a machine", "Python", quick=False), ASKED)


def test_figures_are_told_with_three_digits_that_say_something() -> None:
    told = [figure(value, "ms") for value in (0.0034, 0.25, 1.234, 12.34, 123.4, 12_345.6)]
    assert told == ["0.003 ms", "0.250 ms", "1.23 ms", "12.3 ms", "123 ms", "12,346 ms"]
    assert [ratio(value) for value in (0.44, 1.046, 17.81)] == ["0.44", "1.05", "17.8"]


def test_a_stroke_in_a_cell_does_not_end_it() -> None:
    assert markdown(("a", "b"), [("one | two", "three")]).splitlines()[-1] == "| one \\| two | three |"
