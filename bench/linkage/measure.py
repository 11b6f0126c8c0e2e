"""Runs one command and writes what it cost: CPU-seconds, wall, peak memory and exit code, as JSON.

Usage: measure.py RESULT.json COMMAND...
A process of its own, because Linux counts the memory of the process that starts a command into the
command's peak; this one holds about 10 MB, the driver may hold hundreds.
"""
import json
import os
import sys
import time


def main():
    result, command = sys.argv[1], sys.argv[2:]
    start = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ)
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - start
    with open(result, "w", encoding="utf-8") as file:
        json.dump({"cpu_s": used.ru_utime + used.ru_stime, "wall_s": wall,
                   "peak_mb": used.ru_maxrss / 1024,
                   "exit": os.waitstatus_to_exitcode(status)}, file)


if __name__ == "__main__":
    main()
