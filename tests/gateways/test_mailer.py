"""Mail goes out through a real SMTP conversation, from the authority's own domain."""

import socket

from aiosmtpd.controller import Controller

from portal.gateways.mailer import Mail, Smtp


class Postbox:
    def __init__(self):
        self.letters = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  the library's name
        self.letters.append((envelope.mail_from, envelope.rcpt_tos, envelope.content.decode()))
        return "250 taken"


def test_a_mail_arrives_with_sender_subject_and_text():
    box = Postbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    served = Controller(box, hostname="127.0.0.1", port=port)
    served.start()
    try:
        sender = "no-reply@westmarch.example.org"
        Smtp(host="127.0.0.1", port=port, sender=sender, starttls=False).send(
            Mail("cora@example.org", "CTF-1 waits", "Sign in")
        )
    finally:
        served.stop()
    ((sent_by, sent_to, content),) = box.letters
    assert (sent_by, sent_to) == (sender, ["cora@example.org"])
    assert "Subject: CTF-1 waits" in content
    assert "@westmarch.example.org>" in content
