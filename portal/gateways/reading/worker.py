"""The process that reads one foreign file: file on 0, answer on 1, nothing else. Started by Reader, by path."""

import importlib
import json
import os
import sys

_HEAD = 4096


def main(root: str, task: str, cpu_seconds: str, memory: str) -> None:
    sys.path.insert(0, root)
    from portal.gateways.reading import confine

    confine.isolate()
    module = importlib.import_module(task)
    # Only to choose what to load: nothing is parsed before the lock is on.
    module.prepare(os.pread(0, _HEAD, 0))
    confine.limit(cpu_seconds=int(cpu_seconds), memory=int(memory))
    confine.lock()
    try:
        with os.fdopen(0, "rb") as file:
            answer = {"found": module.read(file)}
    except MemoryError:
        answer = {"failed": "memory"}
    with os.fdopen(1, "w", encoding="utf-8") as out:
        json.dump(answer, out)


if __name__ == "__main__":
    main(*sys.argv[1:])
