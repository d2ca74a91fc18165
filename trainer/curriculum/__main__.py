"""`python -m trainer.curriculum courses [--lock] [--advice] [--times]`: prints the faults, exits 1 if there are any."""

from __future__ import annotations

import sys
from pathlib import Path

from trainer.curriculum.advice.advise import advise
from trainer.curriculum.advice.times import table
from trainer.curriculum.check import check, renew_lock
from trainer.curriculum.load import load

RUNS = {"--lock": renew_lock, "--advice": advise}


def main(arguments: list[str]) -> int:
    """Check the named folders (or `courses`); return the exit code.

    `--lock` adds their new ids first, `--advice` gives the advice instead of the faults, `--times` prints the table of
    minutes and checks nothing.
    """
    folders = [Path(argument) for argument in arguments if not argument.startswith("--")] or [Path("courses")]
    if "--times" in arguments:
        for folder in folders:
            sys.stdout.write(table(list(load(folder).catalogue.modules.values())))
        return 0
    run = next((RUNS[argument] for argument in arguments if argument in RUNS), check)
    faults = [(folder, fault) for folder in folders for fault in run(folder)]
    for folder, fault in faults:
        sys.stdout.write(f"{folder / fault.file}:{fault.line}: {fault.message}\n")
    sys.stdout.write(f"{len(faults) or 'No'} fault{'s' if len(faults) != 1 else ''}.\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
