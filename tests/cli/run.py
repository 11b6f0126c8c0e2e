#!/usr/bin/env python3
"""Runs the golden cases of the command line: what is typed, what must come back.

Usage: run.py --clew PATH CASE.test ...

A case is a text file of blocks, one after the other, run in a folder of its own. Lines that begin
with # say what the case shows. An indented line belongs to the block above it.

  file NAME            makes a file of the indented lines
  copy PATH [NAME]     copies a file of this repository
  gzip NAME            compresses a file into NAME.gz
  shuffle NAME SEED    puts the rows of a file (but its first line) into another order
  folder NAME          makes a folder
  disk NAME KBYTES     a folder on a tiny disk of its own; the case is skipped where that is denied
  run clew ARGS...     runs the program; < FILE gives standard input, > FILE takes standard output,
                       { limit N } keeps each file below N bytes. Then, in any order:
    exit N             its exit code (0 when not said)
    stdout / stderr    the indented lines must be its output. * stands for any text within a line,
                       a line ... for any number of lines. Not said: standard error must be empty.
  content NAME         the indented lines must be the content of the file, with the same signs
  same A B             two files hold the same bytes
  absent NAME          there is no such file
  mode NAME OCTAL      the rights of a file
  true EXPRESSION      in Python; out is the last standard output, json() the same as JSON, rows(X)
                       the rows of a CSV file as dictionaries, entities(X) the groups of records
                       of an entities.csv
"""
import argparse
import csv
import gzip
import json
import math
import os
import pathlib
import random
import re
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Skipped(Exception):
    """The machine does not allow what the case needs."""


class Wrong(Exception):
    """The case does not come out as it says."""


def blocks(text):
    """Yields (line number, words, indented lines) of each block."""
    block = None
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("  ") or (block and not line.strip()):
            if block:
                block[2].append(line[2:])
        elif line.strip() and not line.startswith("#"):
            if block:
                yield block
            block = (number, line.strip(), [])
    if block:
        yield block


def body(lines):
    """The indented lines without the empty ones that only part two blocks."""
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return lines


def match(expected, found):
    """Whether the lines found are those expected, * and ... understood."""
    if not expected:
        return not found
    if expected[0] == "...":
        return any(match(expected[1:], found[skip:]) for skip in range(len(found) + 1))
    pattern = ".*".join(re.escape(part) for part in expected[0].split("*"))
    return bool(found) and re.fullmatch(pattern, found[0]) and match(expected[1:], found[1:])


def check_text(what, expected, found):
    if not match(body(expected), found.splitlines()):
        raise Wrong(f"{what} is not as expected but:\n" + "".join(
            f"    | {line}\n" for line in found.splitlines() or ["(nothing)"]))


class Case:
    def __init__(self, clew, folder):
        self.clew, self.folder = clew, folder
        self.out = self.error = ""
        self.exit_code, self.exit_checked, self.error_checked = 0, True, True
        self.disks = []

    def path(self, name):
        return self.folder / name

    def run_block(self, words, lines):
        verb, _, rest = words.partition(" ")
        if verb not in ("exit", "stdout", "stderr"):
            self.settle()
        getattr(self, "do_" + verb)(rest, lines)

    def settle(self):
        """Checks of the last run what was not said: no error, exit code 0."""
        if not self.exit_checked and self.exit_code != 0:
            raise Wrong(f"exit code {self.exit_code} instead of 0: {self.error}")
        if not self.error_checked and self.error:
            raise Wrong("standard error is not empty: " + self.error)
        self.exit_checked = self.error_checked = True

    def do_file(self, name, lines):
        self.path(name).write_text("".join(line + "\n" for line in body(lines)), encoding="utf-8")

    def do_copy(self, names, _):
        source, _, name = names.partition(" ")
        shutil.copy(ROOT / source, self.path(name or pathlib.Path(source).name))

    def do_gzip(self, name, _):
        self.path(name + ".gz").write_bytes(gzip.compress(self.path(name).read_bytes()))

    def do_shuffle(self, words, _):
        name, seed = words.split()
        first, *rows = self.path(name).read_text(encoding="utf-8").splitlines(keepends=True)
        random.Random(int(seed)).shuffle(rows)
        self.path(name).write_text(first + "".join(rows), encoding="utf-8")

    def do_folder(self, name, _):
        self.path(name).mkdir()

    def do_disk(self, words, _):
        name, kbytes = words.split()
        self.path(name).mkdir()
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kbytes}k", "tmpfs",
                               self.path(name)], capture_output=True, check=False)
        if done.returncode != 0:
            raise Skipped("no tiny disk can be mounted here")
        self.disks.append(self.path(name))

    def do_run(self, command, _):
        limit = re.search(r"\{ limit (\d+) \}", command)
        words = shlex.split(re.sub(r"\{.*\}", "", command))
        if words.pop(0) != "clew":
            raise Wrong("only clew is run")
        stdin, stdout = subprocess.DEVNULL, subprocess.PIPE
        while len(words) > 1 and words[-2] in ("<", ">"):
            sign, name = words[-2:]
            words = words[:-2]
            if sign == "<":
                stdin = self.path(name).open("rb")
            else:
                stdout = self.path(name).open("wb")

        def restrict():
            if limit:
                resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit[1]), int(limit[1])))

        # Python ignores the signal of a file that grows too long; so does the program, then.
        done = subprocess.run([self.clew, *words], cwd=self.folder, stdin=stdin, stdout=stdout,
                              stderr=subprocess.PIPE, check=False, restore_signals=False,
                              preexec_fn=restrict, timeout=120)
        self.out = (done.stdout or b"").decode("utf-8")
        self.error = done.stderr.decode("utf-8")
        self.exit_code, self.exit_checked, self.error_checked = done.returncode, False, False

    def do_exit(self, code, _):
        self.exit_checked = True
        if self.exit_code != int(code):
            raise Wrong(f"exit code {self.exit_code} instead of {code}: {self.error}")

    def do_stdout(self, _, lines):
        if not self.out and body(lines) and self.error:
            raise Wrong(f"nothing on standard output; exit code {self.exit_code}: {self.error}")
        check_text("standard output", lines, self.out)

    def do_stderr(self, _, lines):
        self.error_checked = True
        check_text("standard error", lines, self.error)

    def do_content(self, name, lines):
        check_text(name, lines, self.path(name).read_text(encoding="utf-8"))

    def do_same(self, names, _):
        a, b = names.split()
        if self.path(a).read_bytes() != self.path(b).read_bytes():
            raise Wrong(f"{a} and {b} differ")

    def do_absent(self, name, _):
        if self.path(name).exists():
            raise Wrong(f"{name} is there")

    def do_mode(self, words, _):
        name, octal = words.split()
        found = self.path(name).stat().st_mode & 0o7777
        if found != int(octal, 8):
            raise Wrong(f"{name} has the rights {found:o} instead of {octal}")

    def do_true(self, expression, lines):
        names = {"out": self.out, "json": lambda: json.loads(self.out), "rows": self.rows,
                 "entities": self.entities, "read": self.read, "math": math}
        code = "\n".join([expression, *body(lines)])
        try:
            holds = eval(f"({code})", names)  # the cases are ours
        except Exception as error:  # whatever it is, the case is wrong and the others go on
            raise Wrong(f"{type(error).__name__}: {error}; output: {self.out[:500]}") from error
        if not holds:
            raise Wrong("is not true")

    def read(self, name):
        return self.path(name).read_text(encoding="utf-8")

    def rows(self, name):
        with self.path(name).open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def entities(self, name):
        groups = {}
        for row in self.rows(name):
            groups.setdefault(row["entity_id"], set()).add((row["source"], row["record_id"]))
        return sorted(map(sorted, groups.values()))

    def close(self):
        for disk in self.disks:
            subprocess.run(["umount", disk], check=False)


def run_case(clew, file):
    """Returns "" or what is wrong. Raises Skipped."""
    with tempfile.TemporaryDirectory(prefix="clew-cli-") as folder:
        case = Case(clew, pathlib.Path(folder))
        number, words = 0, ""
        try:
            for number, words, lines in blocks(file.read_text(encoding="utf-8")):
                case.run_block(words, lines)
            case.settle()
        except Wrong as wrong:
            return f"{file.name}:{number}: {words}\n  {wrong}"
        finally:
            case.close()
    return ""


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--clew", required=True)
    parser.add_argument("cases", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    os.environ.pop("NO_COLOR", None)
    failed = 0
    skipped = 0
    for file in arguments.cases:
        try:
            wrong = run_case(os.path.abspath(arguments.clew), file)
        except Skipped as reason:
            print(f"skipped: {file.name}: {reason}")
            skipped += 1
            continue
        print(wrong or f"ok: {file.name}")
        failed += bool(wrong)
    if failed:
        return 1
    return 77 if skipped == len(arguments.cases) else 0


if __name__ == "__main__":
    sys.exit(main())
