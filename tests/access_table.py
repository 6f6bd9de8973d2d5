"""The rights table, and the people who stand for its columns."""

import csv
from pathlib import Path

SECOND = " (second)"
BESIDE = " (beside)"
# column of access.csv: (login, number of the case); what a column says goes for all of them
PARTS = {
    "hit": [("councillor", 0)],
    "second": [("alderman", 0)],
    "reporter": [("desk", 0), ("committee_member", 0)],
    "clerk": [("clerk", 0)],
    "handler": [("coordinator", 0), ("coordinator", 1), ("secretary", 1)],
    "mayor": [("mayor", 0), ("deputy", 1)],
    "carer": [("confidant", 0)],
    "mayor_hit": [("mayor", 1)],
    "other": [("other_councillor", 0), ("councillor", 1)],
    "team": [("uninvolved", 0), ("deputy", 0), ("confidant", 1)],
    "kept_out": [("kept_out", 0), ("kept_out", 1)],
    "employee": [("employee", 0), ("desk", 1)],
    "front_desk": [("receptionist", 0)],
    "officer": [("officer", 0)],
    "manager": [("manager", 0)],
    "admin": [("administrator", 0)],
    "stranger": [("stranger", 0)],
    "colleague": [("colleague", 0)],
    "taken_off": [("taken_off", 0)],
    "former": [("former", 0)],
    "stand_in": [("stand_in", 0)],
    "before_stand_in": [("stands_in_later", 0)],
    "after_stand_in": [("stood_in", 0)],
    "anonymous": [("anonymous", 0)],
}


def access_table():
    """Return access.csv as {row: {column: cell}}.

    The rows are models, the columns the people around a case in which a councillor and an
    alderman were hit. A cell says what somebody may do with the records of that case, by
    whatever door: r read, w change, c create, d delete, - nothing. What is written about the
    alderman has rows of its own, marked "(second)", and so has the care for a witness, marked
    "(beside)". In the column mayor_hit the case is the
    mayor's own. A screen is read, changed and deleted by who opened it and by nobody else; its
    row says who may open one on this case.
    """
    with Path(__file__).with_name("access.csv").open(encoding="utf-8", newline="") as file:
        return {line.pop("model"): line for line in csv.DictReader(file)}


def model_of(row):
    """Return the model that a row of access.csv is about."""
    return row.removesuffix(SECOND).removesuffix(BESIDE)


def people_in_words():
    """Return access_people.csv as {column of access.csv: who that is, and in which relation}."""
    with Path(__file__).with_name("access_people.csv").open(encoding="utf-8", newline="") as file:
        return {line.pop("column"): line for line in csv.DictReader(file)}
