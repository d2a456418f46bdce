"""Run by Debian's /usr/bin/python3, which has LibreOffice's own library. Never imported by the portal.

A letter comes on standard input as a four-byte length and its bytes, and goes out as PDF in the same way; length 0
says that it failed. LibreOffice is reached over a named pipe: no port. Nothing is written to a file.
"""

import os
import struct
import subprocess
import sys
import time

import uno
import unohelper
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.io import XOutputStream


class Sink(unohelper.Base, XOutputStream):
    """Takes what LibreOffice writes."""

    def __init__(self):
        self.held = bytearray()

    def writeBytes(self, data):  # noqa: N802  LibreOffice's name
        self.held += data.value

    def flush(self):
        pass

    def closeOutput(self):  # noqa: N802
        pass


def named(**values):
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def start(program, profile):
    """LibreOffice, and the way to it."""
    pipe = f"portal{os.getpid()}"
    command = [program, "--headless", "--norestore", "--nodefault", "--nologo"]
    office = subprocess.Popen(
        [*command, f"-env:UserInstallation=file://{profile}", f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL,
    )
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if office.poll() is not None:
                sys.exit(1)
            time.sleep(0.05)


def convert(there, body):
    """One letter as tagged PDF/A-2b."""
    manager = there.ServiceManager
    desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", there)
    stream = manager.createInstanceWithContext("com.sun.star.io.SequenceInputStream", there)
    stream.initialize((uno.ByteSequence(body),))
    opened = named(
        InputStream=stream,
        Hidden=True,
        ReadOnly=True,
        MacroExecutionMode=0,
        UpdateDocMode=0,
        FilterName="MS Word 2007 XML",
    )
    document = desktop.loadComponentFromURL("private:stream", "_blank", 0, opened)
    try:
        sink = Sink()
        options = uno.Any(
            "[]com.sun.star.beans.PropertyValue", named(SelectPdfVersion=2, UseTaggedPDF=True, ExportBookmarks=True)
        )
        document.storeToURL(
            "private:stream", named(FilterName="writer_pdf_Export", OutputStream=sink, FilterData=options)
        )
        return bytes(sink.held)
    finally:
        document.close(True)


def main(program, profile):
    there = start(program, profile)
    letters, pdfs = sys.stdin.buffer, sys.stdout.buffer
    pdfs.write(b"READY")
    pdfs.flush()
    while len(head := letters.read(4)) == 4:
        body = letters.read(struct.unpack(">I", head)[0])
        try:
            made = convert(there, body)
        except Exception:
            made = b""
        pdfs.write(struct.pack(">I", len(made)) + made)
        pdfs.flush()


main(*sys.argv[1:])
