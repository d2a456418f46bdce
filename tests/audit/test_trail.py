"""The trail: a tree that two people compute alike, a head that is signed, and no change that is not seen."""

import threading
from hashlib import sha256

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from portal.audit import actions, events, records, tree
from portal.audit.events import Event, Name
from portal.people.records import Instance

LEAVES = st.lists(st.binary(max_size=20), min_size=1, max_size=40)


def naive(leaves):
    """RFC 9162 2.1.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    at = tree.split(len(leaves))
    return sha256(b"\x01" + naive(leaves[:at]) + naive(leaves[at:])).digest()


@given(LEAVES)
def test_growing_leaf_by_leaf_gives_the_root_of_the_definition(entries):
    leaves = [tree.leaf(entry) for entry in entries]
    assert tree.root_of(leaves) == naive(leaves)


@given(LEAVES, st.data())
def test_a_proof_leads_to_the_root_from_its_own_place_only(entries, data):
    leaves = [tree.leaf(bytes([n]) + entry) for n, entry in enumerate(entries)]
    index = data.draw(st.integers(0, len(leaves) - 1))
    path, root = tree.inclusion(leaves, index), naive(leaves)
    assert tree.included(leaves[index], index, len(leaves), path) == root
    assert tree.included(tree.leaf(b"other"), index, len(leaves), path) != root
    assert tree.included(leaves[index], index, len(leaves), [*path, b"x" * 32]) != root


def test_the_known_roots_of_the_standard():
    assert tree.EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert tree.leaf(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


def test_a_signed_head_is_read_back_and_an_altered_one_is_not():
    signer = tree.Signer("portal/399", b"k" * 32)
    note = signer.note(tree.Checkpoint("portal/399", 7, b"r" * 32))
    assert tree.read_note(note, "portal/399", signer.public) == tree.Checkpoint("portal/399", 7, b"r" * 32)
    assert tree.read_note(note.replace("\n7\n", "\n8\n"), "portal/399", signer.public) is None
    assert tree.read_note(note, "portal/398", signer.public) is None
    assert tree.read_note(note, "portal/399", tree.Signer("portal/399", b"l" * 32).public) is None


def event(**given):
    return Event(name=Name.PUPIL_ADDED, actor=None, acting=None, **given)


def test_a_personal_value_enters_only_as_a_commitment(parts):
    with parts.database.transaction() as tx:
        which = records.append(tx, event(personal={"email": "a@example.org"}), parts.now())
    with parts.database.reading() as tx:
        entry, salt = tx.get(records.Entry, which).entry, tx.query(records.Salt).filter_by(entry=which).one().salt
    assert b"a@example.org" not in entry
    assert events.commitment(salt, "a@example.org").encode() in entry
    assert events.commitment(b"0" * 32, "a@example.org").encode() not in entry


def test_when_the_event_cannot_be_written_the_act_does_not_happen(parts):
    def act():
        with parts.database.transaction() as tx:
            tx.add(Instance(key="act", value="done"))
            records.append(tx, event(facts={"much": "x" * 70_000}), parts.now())

    with pytest.raises(events.EntryTooLarge):
        act()
    with parts.database.reading() as tx:
        assert tx.get(Instance, "act") is None


@pytest.fixture
def filled(parts):
    """A trail of ten entries, sequenced."""
    for number in range(10):
        with parts.database.transaction() as tx:
            records.append(tx, event(objects={"pupil": str(number)}), parts.now())
    actions.sequence_now(parts)
    return parts


def test_a_whole_trail_verifies_and_a_proof_of_it_leads_to_its_head(filled):
    report = actions.verify_now(filled)
    assert (report.ok, report.unsequenced) == (True, 0)
    with filled.database.reading() as tx:
        entry, head = tx.query(records.Entry).filter_by(sequence=4).one(), records.checkpoint(tx)
    lines = actions.prove(filled.database, entry.id).partition("\n\n")[0].splitlines()
    assert lines[:2] == [tree.PROOF, "index 4"]
    import base64

    path = [base64.b64decode(line) for line in lines[2:]]
    signed = tree.read_note(head.note, head.origin, head.public)
    assert tree.included(tree.leaf(entry.entry), 4, signed.size, path) == signed.root


@pytest.mark.parametrize(
    "change", ["UPDATE trail_entry SET name = 'x' WHERE sequence = 3", "DELETE FROM trail_entry WHERE sequence = 3"]
)
def test_the_database_itself_refuses_to_change_the_trail(filled, change):
    with pytest.raises(sa.exc.IntegrityError), filled.database.transaction() as tx:
        tx.execute(sa.text(change))


TAMPERED = {
    "a byte of an entry": "UPDATE trail_entry SET entry = replace(entry, 'pupil', 'pupiL') WHERE sequence = 3",
    "a column that lists show": "UPDATE trail_entry SET outcome = 'refused' WHERE sequence = 3",
    "a time": "UPDATE trail_entry SET time = '2020-01-01 00:00:00.000000' WHERE sequence = 3",
    "one left out": "DELETE FROM trail_entry WHERE sequence = 3",
    "the tail cut off": "DELETE FROM trail_entry WHERE sequence >= 8",
    "two swapped": "UPDATE trail_entry SET sequence = CASE sequence WHEN 3 THEN -4 ELSE -3 END WHERE sequence IN (3, 4)",
    "the head's root": "UPDATE trail_head SET note = replace(note, '=', 'A')",
    "the head's size": "UPDATE trail_head SET note = replace(note, '1', '2')",
}


@pytest.mark.parametrize("case", TAMPERED)
def test_whatever_is_changed_behind_our_back_is_named(filled, case):
    with filled.database.engine.begin() as connection:
        for trigger in ("trail_entry_stays", "trail_entry_kept"):
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("DELETE FROM trail_about")
        connection.exec_driver_sql("DELETE FROM trail_salt")
        connection.exec_driver_sql(TAMPERED[case])
        connection.exec_driver_sql("UPDATE trail_entry SET sequence = -sequence WHERE sequence < 0")
    report = actions.verify_now(filled)
    assert not report.ok
    assert report.first_difference


def test_an_entry_without_a_place_for_a_minute_says_that_no_worker_runs(filled, clock):
    with filled.database.transaction() as tx:
        records.append(tx, event(), filled.now())
    assert actions.verify_now(filled).ok
    clock.forward(seconds=61)
    assert "worker" in actions.verify_now(filled).first_difference


def test_many_writers_and_two_sequencers_leave_no_gap_and_no_fork(parts):
    def write():
        for _ in range(15):
            with parts.database.transaction() as tx:
                records.append(tx, event(), parts.now())

    def sequence():
        for _ in range(15):
            actions.sequence_now(parts)

    threads = [threading.Thread(target=work) for work in (write, write, write, write, sequence, sequence)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while actions.sequence_now(parts):
        pass
    report = actions.verify_now(parts)
    assert (report.ok, report.unsequenced) == (True, 0)
    assert report.entries >= 60


def test_an_export_is_whole_until_a_byte_of_it_is_changed(filled, tmp_path):
    actions.export(filled.database, tmp_path / "export")
    assert actions.verify_export(tmp_path / "export") is None
    file = tmp_path / "export" / "entries.jsonl"
    file.write_bytes(file.read_bytes().replace(b"pupil", b"pupiL", 1))
    assert actions.verify_export(tmp_path / "export")
