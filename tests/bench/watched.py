"""Runs the program that makes a report and tells, as JSON, what it took: seconds by the clock and of the processor, at
the beginning of each stage and in all, and the most memory in MB. A small program of its own, since a process begins
with the figures of whoever started it.

python -I watched.py FOLDER PROGRAM...
"""

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def main(folder: Path, *program: str) -> None:
    began = time.perf_counter()
    with subprocess.Popen(program) as process:
        stages: dict[str, tuple[float, float]] = {}
        while process.poll() is None:
            try:
                stage = (folder / "stage").read_text()
                spent = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                spent, stage = [], ""
            if stage and stage not in stages:
                stages[stage] = time.perf_counter() - began, (int(spent[11]) + int(spent[12])) / TICKS
            time.sleep(0.005)
    whole = time.perf_counter() - began
    spent_in_all = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = {
        "code": process.returncode,
        "stages": stages,
        "wall": whole,
        "processor": spent_in_all.ru_utime + spent_in_all.ru_stime,
        "memory": spent_in_all.ru_maxrss / 1000,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
