"""What statute says: dated tables with their sources, and the counting of days.

Pure: no clock, no dice, no I/O but the packaged tables, read once at import. Every answer carries the rules
it rests on (`because`) and those among them that nobody has yet read in the primary text (`unconfirmed`).
`questions` is the same for the command line and for machines.
"""
