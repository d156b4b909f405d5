"""Questions: what was asked and what answered it, who may be asked for help, and what was asked of whom.

A file for each subject: `table` (questions and their answers), `helping` (helpers), `around` (what a server chose,
pictures on their way, questions that were spared), `learning` (which words came with which tools).
"""

from __future__ import annotations

from db.questions.around import Choice, Picture, choice_table, picture_table, spared_table
from db.questions.helping import ASKED, HELPED, NOT_NOW, PASSED, Asked, Offer, asked_table, helper_table
from db.questions.learning import Learned, learn, learned_count, learned_table, recall, tool_table, trait_table, unlearn
from db.questions.personal import COLUMNS, forget, personal
from db.questions.table import (
    ANSWERED,
    CHANGED,
    GONE,
    MARKED,
    MERGED,
    OPEN,
    POSTING,
    REOPENED,
    STATES,
    TAKEN_BACK,
    Answer,
    Mark,
    Question,
    mark_table,
    question_table,
)

__all__ = [
    "ANSWERED",
    "ASKED",
    "CHANGED",
    "COLUMNS",
    "GONE",
    "HELPED",
    "MARKED",
    "MERGED",
    "NOT_NOW",
    "OPEN",
    "PASSED",
    "POSTING",
    "REOPENED",
    "STATES",
    "TAKEN_BACK",
    "Answer",
    "Asked",
    "Choice",
    "Learned",
    "Mark",
    "Offer",
    "Picture",
    "Question",
    "asked_table",
    "choice_table",
    "forget",
    "helper_table",
    "learn",
    "learned_count",
    "learned_table",
    "mark_table",
    "personal",
    "picture_table",
    "question_table",
    "recall",
    "spared_table",
    "tool_table",
    "trait_table",
    "unlearn",
]
