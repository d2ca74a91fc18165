"""`python -m trainer.curriculum courses [--lock]`: prints the faults of a folder, exits 1 if there are any."""

from __future__ import annotations

import sys
from pathlib import Path

from trainer.curriculum.check import check, renew_lock


def main(arguments: list[str]) -> int:
    """Check the named folder (or `courses`), with `--lock` add its new ids first; return the exit code."""
    folders = [argument for argument in arguments if argument != "--lock"] or ["courses"]
    run = renew_lock if "--lock" in arguments else check
    faults = [(folder, fault) for folder in folders for fault in run(Path(folder))]
    for folder, fault in faults:
        sys.stdout.write(f"{Path(folder) / fault.file}:{fault.line}: {fault.message}\n")
    sys.stdout.write(f"{len(faults) or 'No'} fault{'s' if len(faults) != 1 else ''}.\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
