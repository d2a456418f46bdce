"""docs/vault.md tells a stranger how to open a sealed file; here a stranger follows it.

The file is sealed by Amazon's own library; that the vault's files are the same is proved in tests/storage.
"""

import hashlib
import re
import subprocess
import sys

import aws_encryption_sdk
import pytest
from aws_cryptographic_material_providers.mpl import AwsCryptographicMaterialProviders
from aws_cryptographic_material_providers.mpl.config import MaterialProvidersConfig
from aws_cryptographic_material_providers.mpl.models import (
    AesWrappingAlg,
    CreateRawAesKeyringInput,
)
from aws_encryption_sdk.identifiers import Algorithm

pytestmark = pytest.mark.slow

FOLDER = "0a1b2c3d-0000-4000-8000-00000000cafe"
KEY = hashlib.sha256(b"the folder's key in this test").digest()
LETTER = b"%PDF-1.7 a letter\n" * 40_000


@pytest.fixture(scope="module")
def sealed():
    providers = AwsCryptographicMaterialProviders(config=MaterialProvidersConfig())
    keyring = providers.create_raw_aes_keyring(
        CreateRawAesKeyringInput(
            key_namespace="portal",
            key_name=FOLDER,
            wrapping_key=KEY,
            wrapping_alg=AesWrappingAlg.ALG_AES256_GCM_IV12_TAG16,
        )
    )
    message, _ = aws_encryption_sdk.EncryptionSDKClient().encrypt(
        source=LETTER,
        keyring=keyring,
        encryption_context={"folder": FOLDER},
        algorithm=Algorithm.AES_256_GCM_HKDF_SHA512_COMMIT_KEY,
        frame_length=256 * 1024,
    )
    return message


@pytest.fixture(scope="module")
def script(tmp_path_factory, root):
    page = (root / "docs" / "vault.md").read_text()
    place = tmp_path_factory.mktemp("stranger") / "open_sealed.py"
    place.write_text(re.search(r"```python\n(.*?)```", page, re.DOTALL)[1])
    return place


def follow(script, sealed, key):
    (script.parent / "sealed").write_bytes(sealed)
    (script.parent / "key").write_bytes(key)
    opened = script.parent / "opened"
    opened.unlink(missing_ok=True)
    command = [sys.executable, script, "sealed", "key", FOLDER, "opened"]
    answer = subprocess.run(command, cwd=script.parent, capture_output=True, text=True, check=False)
    return answer, opened.read_bytes() if opened.exists() else None


def test_a_stranger_with_the_key_opens_the_file(script, sealed):
    answer, opened = follow(script, sealed, KEY)
    assert answer.returncode == 0, answer.stderr
    assert opened == LETTER
    assert f"folder {FOLDER}" in answer.stdout


@pytest.mark.parametrize(
    ("spoil", "key"),
    [
        (lambda file: file, KEY[::-1]),
        (lambda file: file[:-30] + bytes([file[-30] ^ 1]) + file[-29:], KEY),
        (lambda file: file[:-200_000], KEY),
    ],
    ids=["the wrong key", "one bit flipped", "the end cut off"],
)
def test_a_stranger_gets_nothing_that_is_not_as_it_was_sealed(script, sealed, spoil, key):
    answer, opened = follow(script, spoil(sealed), key)
    assert answer.returncode != 0
    assert opened is None
