"""The sealed store: what goes in comes out, what is altered does not, what was not kept was never there."""

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import storage
from storage import (
    BlobExists,
    BlobNotFound,
    KeyDestroyed,
    KeyWrong,
    NameInvalid,
    Scratch,
    Tampered,
    TooLong,
    Vault,
    blobs,
    header,
    message,
)
from storage.disk import create_whole
from storage.header import FRAME
from storage.vault import _context

MARKER = b"a marker that stands nowhere else"
EDGES = [0, 1, 1000, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME]


@pytest.fixture
def at(tmp_path):
    return {
        "folder": tmp_path / "vault",
        "root_key": tmp_path / "keys" / "root.key",
        "keys": tmp_path / "keys" / "keys.db",
    }


@pytest.fixture
def vault(at):
    return Vault.at(**at)


def put(vault, body, folder="case"):
    with vault.begin(folder) as pending:
        for start in range(0, len(body), 100_000):
            pending.write(body[start : start + 100_000])
        return pending.keep()


def get(vault, name, folder="case"):
    with vault.open(name, folder) as opened:
        return b"".join(opened)


def test_only_the_vault_and_its_words_are_public():
    assert storage.__all__ == [
        "BlobExists", "BlobNotFound", "KeyDestroyed", "KeyWrong", "NameInvalid", "Opened", "Pending", "Receipt", "Scratch",
        "StorageError", "Tampered", "TooLong", "Vault",
    ]  # fmt: skip


@pytest.mark.parametrize("size", EDGES)
def test_what_is_put_comes_back_whole(vault, size):
    body = os.urandom(size)
    receipt = put(vault, body)
    assert get(vault, receipt.name) == body
    assert receipt.size == size


@pytest.mark.parametrize("size", EDGES)
def test_the_official_sdk_opens_ours_and_we_open_its(vault, size):
    import aws_encryption_sdk as sdk
    from aws_cryptographic_material_providers.mpl import AwsCryptographicMaterialProviders
    from aws_cryptographic_material_providers.mpl.config import MaterialProvidersConfig
    from aws_cryptographic_material_providers.mpl.models import AesWrappingAlg, CreateRawAesKeyringInput
    from aws_encryption_sdk.identifiers import AlgorithmSuite

    body = os.urandom(size)
    receipt = put(vault, body)
    providers = AwsCryptographicMaterialProviders(config=MaterialProvidersConfig())
    wanted = CreateRawAesKeyringInput(
        key_namespace="portal",
        key_name="case",
        wrapping_key=vault._folders.key("case"),
        wrapping_alg=AesWrappingAlg.ALG_AES256_GCM_IV12_TAG16,
    )
    keyring = providers.create_raw_aes_keyring(wanted)
    client = sdk.EncryptionSDKClient(commitment_policy=sdk.CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT)
    theirs, _ = client.decrypt(source=sealed(vault, receipt.name).read_bytes(), keyring=keyring)
    assert theirs == body
    suite = AlgorithmSuite.AES_256_GCM_HKDF_SHA512_COMMIT_KEY
    context = {"folder": "case", "name": "theirs"}
    made, _ = client.encrypt(
        source=body, keyring=keyring, algorithm=suite, frame_length=4096, encryption_context=context
    )
    assert opened(vault, made, "theirs") == body


def sealed(vault, name) -> Path:
    return vault._disk.root / name


def opened(vault, raw, name, folder="case"):
    pieces = message.opened(io.BytesIO(raw).read, vault.unwrapper(folder), _context(name, folder))
    return b"".join(bytes(piece) for piece in pieces)


@pytest.fixture
def small(vault):
    """A small sealed file: its bytes and its name."""
    receipt = put(vault, MARKER)
    return sealed(vault, receipt.name).read_bytes(), receipt.name


def test_every_single_bit_that_is_turned_is_refused(vault, small):
    raw, name = small
    for bit in range(len(raw) * 8):
        turned = bytearray(raw)
        turned[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Tampered):
            opened(vault, bytes(turned), name)


def test_a_file_cut_short_anywhere_or_lengthened_is_refused(vault, small):
    raw, name = small
    for size in range(len(raw)):
        with pytest.raises(Tampered):
            opened(vault, raw[:size], name)
    with pytest.raises(Tampered):
        opened(vault, raw + b"\0", name)


def test_frames_that_are_swapped_left_out_or_doubled_are_refused(vault):
    receipt = put(vault, os.urandom(3 * FRAME + 5))
    raw = sealed(vault, receipt.name).read_bytes()
    frame = 4 + header.IV + FRAME + header.TAG
    last = 8 + header.IV + 4 + 5 + header.TAG
    start = len(raw) - last - 3 * frame
    head, one, two, rest = (
        raw[:start],
        raw[start : start + frame],
        raw[start + frame : start + 2 * frame],
        raw[start + 2 * frame :],
    )
    assert opened(vault, head + one + two + rest, receipt.name)
    for wrong in (
        head + two + one + rest,
        head + two + rest,
        head + one + one + two + rest,
        head + one + two + rest[:frame],
    ):
        with pytest.raises(Tampered):
            opened(vault, wrong, receipt.name)


def test_a_file_belongs_to_its_name_and_its_folder(vault, small):
    raw, name = small
    put(vault, b"x", "another")
    for place in ((name, "another"), ("ab/" + "ab" * 16, "case")):
        with pytest.raises(Tampered):
            opened(vault, raw, *place)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=2000))
def test_foreign_bytes_are_refused_and_never_bring_the_reader_down(vault, body):
    with pytest.raises(Tampered):
        opened(vault, body, "x")


def test_nothing_is_visible_before_keep_and_dropped_leaves_no_trace(vault):
    with vault.begin("case") as pending:
        pending.write(MARKER)
        assert list(vault.names()) == []
        assert b"".join(pending.open()) == MARKER
    assert list(vault.names()) == []
    assert [path for path in vault._disk.root.rglob("*") if path.is_file()] == []


def test_a_file_over_the_limit_is_refused_and_leaves_no_trace(vault):
    with pytest.raises(TooLong), vault.begin("case", limit=10) as pending:
        pending.write(bytes(11))
    assert [path for path in vault._disk.root.rglob("*") if path.is_file()] == []


def test_a_killed_writer_leaves_nothing_that_anybody_sees(at, vault):
    program = (
        "import sys, pathlib, time; from storage import Vault\n"
        f"v = Vault.at(pathlib.Path({str(at['folder'])!r}), root_key=pathlib.Path({str(at['root_key'])!r}), keys=pathlib.Path({str(at['keys'])!r}))\n"
        "p = v.begin('case'); p.write(bytes(3_000_000)); print('ready', flush=True); time.sleep(60)\n"
    )
    root = Path(storage.__file__).parent.parent
    with subprocess.Popen([sys.executable, "-c", program], cwd=root, stdout=subprocess.PIPE) as child:
        child.stdout.readline()
        child.send_signal(signal.SIGKILL)
    assert list(vault.names()) == []
    aside = next(path for path in vault._disk.root.rglob("*.part"))
    yesterday = time.time() - 2 * 24 * 3600
    os.utime(aside, (yesterday, yesterday))
    Vault.at(**at)
    assert not aside.exists()


def test_nothing_is_ever_overwritten(tmp_path):
    create_whole(tmp_path / "file", b"first")
    with pytest.raises(BlobExists):
        create_whole(tmp_path / "file", b"second")
    assert (tmp_path / "file").read_bytes() == b"first"


@pytest.mark.parametrize(
    "name", ["", "ab/x", "../../etc/passwd", "AB/" + "ab" * 16, "ab/" + "ab" * 16 + "\n", "/ab/" + "ab" * 16]
)
def test_one_gate_lets_only_our_names_through(vault, name):
    with pytest.raises(NameInvalid):
        vault.open(name, "case")
    with pytest.raises(BlobNotFound):
        vault.open(blobs.fresh(), "case")


def test_a_root_key_that_others_can_read_or_another_stores_is_refused(at, vault):
    at["root_key"].chmod(0o640)
    with pytest.raises(KeyWrong):
        Vault.at(**at)
    at["root_key"].unlink()
    with pytest.raises(KeyWrong):
        Vault.at(**at)
    at["root_key"].write_bytes(os.urandom(32))
    at["root_key"].chmod(0o600)
    with pytest.raises(KeyWrong):
        Vault.at(**at)


def test_a_root_key_inside_the_vault_is_refused(at):
    with pytest.raises(KeyWrong):
        Vault.at(at["folder"], root_key=at["folder"] / "root.key", keys=at["keys"])


def test_whoever_comes_second_finds_the_first_ones_key(at, vault):
    program = (
        "import sys, pathlib; from storage import Vault\n"
        f"v = Vault.at(pathlib.Path({str(at['folder'])!r}), root_key=pathlib.Path({str(at['root_key'])!r}), keys=pathlib.Path({str(at['keys'])!r}))\n"
        "print(v._folders.key('shared', make=True).hex())\n"
    )
    root = Path(storage.__file__).parent.parent
    children = [
        subprocess.Popen([sys.executable, "-c", program], cwd=root, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    assert len({child.communicate()[0] for child in children}) == 1


def test_a_destroyed_folder_opens_never_again_and_gets_no_new_key(vault):
    receipt = put(vault, MARKER)
    text = vault.seal_text("case", "a name", "who")
    vault.destroy_folder("case")
    with pytest.raises(KeyDestroyed):
        get(vault, receipt.name)
    with pytest.raises(KeyDestroyed):
        vault.open_text("case", text, "who")
    with pytest.raises(KeyDestroyed):
        put(vault, MARKER)


def test_a_sealed_text_opens_only_as_what_it_is_about(vault):
    text = vault.seal_text("case", "Élodie", "who")
    assert vault.open_text("case", text, "who") == "Élodie"
    with pytest.raises(Tampered):
        vault.open_text("case", text, "what")


def test_plaintext_is_nowhere_on_the_disk(vault, tmp_path):
    put(vault, MARKER * 10_000)
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and MARKER in path.read_bytes()]
    with Scratch() as scratch:
        scratch.write(MARKER * 10_000)
        on_disk = Path(f"/proc/self/fd/{scratch._file.fileno()}").read_bytes()
        assert len(on_disk) > 200_000
        assert MARKER not in on_disk


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.binary(max_size=90_000), max_size=4),
    st.lists(st.tuples(st.integers(0, 300_000), st.integers(-1, 99_000)), max_size=6),
)
def test_a_scratch_file_reads_like_any_other(pieces, reads):
    with Scratch() as scratch, io.BytesIO() as plain:
        for piece in pieces:
            scratch.write(piece)
            plain.write(piece)
        for at, size in reads:
            assert scratch.seek(at) == plain.seek(at)
            assert scratch.read(size) == plain.read(size)
            assert scratch.tell() == plain.tell()
