"""Unique pupil numbers, against the worked examples of the DfE's guide and others that are wrong in one way each."""

import pytest

from portal.pupils import upn

VECTORS = {
    "H801200001001": "", "B801200005001": "", "P207000016049": "", "A950000178301": "", "X845212818005": "",
    "X00180001701A": "", "U81500002401A": "", "R81500002499Z": "", "R38300002307K": "",
    "A801200001001": "check letter", "Q207000016049": "check letter", "V81500002401A": "check letter",
    "I815000024001": "never has I, O or S", "H81500002401S": "never has I, O or S", "H8150000240A1": "never has I, O or S",
    "H80120000100": "13 characters", "": "13 characters",
}  # fmt: skip


@pytest.mark.parametrize("number", VECTORS)
def test_each_number_is_judged_as_the_guide_says(number):
    assert VECTORS[number] in upn.fault(number)
    assert bool(upn.fault(number)) == bool(VECTORS[number])


def test_small_letters_are_read_as_capitals():
    assert upn.fault("h801200001001") == ""


def test_an_authority_that_is_not_known_is_named():
    assert "801" in upn.fault("H801200001001", {"390"})
    assert upn.is_temporary("X00180001701A")
