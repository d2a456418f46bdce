"""Two people at once are two people, and a fresh browser is nobody: an old trap of the test library, kept shut."""


def test_two_browsers_are_two_people(browser):
    one, other = browser("cora.penhale"), browser("owen.tarrant")
    assert "Cora Penhale" in one.get("/home").text
    assert "Owen Tarrant" in other.get("/home").text
    assert "Cora Penhale" in one.get("/home").text


def test_a_fresh_browser_is_nobody(browser):
    browser("cora.penhale").get("/home")
    assert browser().get("/home").status_code == 302
