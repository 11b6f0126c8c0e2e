"""Starts Clew and the peer on a prepared file, measures them, and scores what they wrote."""
import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys

import quality

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


class ProgramFailed(Exception):
    """A program ended with an error; the message shows its last words."""


def measured(command, log):
    """Runs `command`, its output into the file `log`; returns what it cost (see measure.py)."""
    log.parent.mkdir(parents=True, exist_ok=True)
    result = log.with_suffix(".cost.json")
    with open(log, "w", encoding="utf-8") as file:
        subprocess.run([sys.executable, "-I", str(HERE / "measure.py"), str(result),
                        *map(str, command)], stdout=file, stderr=subprocess.STDOUT, check=True)
    cost = json.loads(result.read_text())
    if cost["exit"] not in (0, 1):
        words = log.read_text(errors="replace").strip().splitlines()[-5:]
        raise ProgramFailed(f"{pathlib.Path(str(command[0])).name} ended with exit code "
                            f"{cost['exit']}:\n  " + "\n  ".join(words))
    return cost


def find_clew(given):
    places = [pathlib.Path(given)] if given else [
        ROOT / "build" / preset / "clew" for preset in ("release", "dev")]
    for place in places:
        if place.exists():
            return place.resolve()
    raise ProgramFailed("no clew binary: run scripts/build, or name one with --clew PATH")


def find_peer(given):
    """A Python with splink==5.0.0; makes build/peer when none is named."""
    if given:
        return pathlib.Path(given)
    place = ROOT / "build" / "peer"
    python = place / "bin" / "python"
    probe = [str(python), "-c", "import splink; raise SystemExit(splink.__version__ != '5.0.0')"]
    if python.exists() and subprocess.run(probe, capture_output=True).returncode == 0:
        return python
    print(f"installing splink==5.0.0 into {place.relative_to(ROOT)} (once)", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
    subprocess.run([str(python), "-m", "pip", "install", "-q", "splink==5.0.0"], check=True)
    return python


class Run:
    """One run of Clew: its costs, its folder, and its partition by record."""

    def __init__(self, out, cost):
        self.out, self.cost = out, cost

    def found(self):
        return quality.read_entities(self.out / "entities.csv")

    def truth(self, dataset):
        return quality.read_truth(dataset.truth, dataset.records.stem)

    def quality(self, dataset):
        return quality.quality(self.found(), self.truth(dataset))

    def calibration(self, dataset):
        return quality.calibration(quality.read_links(self.out / "links.csv"), self.truth(dataset))

    def summary(self):
        return json.loads((self.out / "summary.json").read_text(encoding="utf-8"))


class Programs:
    def __init__(self, clew, peer, work):
        self.clew_path, self.peer_python, self.work = clew, peer, work
        self.peer_runs = {}

    def clew(self, dataset, label, *options, records=None):
        """`clew link` on the records of `dataset` (or on another file) with `options`."""
        out = self.work / "out" / dataset.name / label
        shutil.rmtree(out, ignore_errors=True)
        out.parent.mkdir(parents=True, exist_ok=True)
        command = [self.clew_path, "link", records or dataset.records, "--out", out, *options]
        return Run(out, measured(command, self.work / "log" / f"{dataset.name}-{label}.txt"))

    def peer(self, dataset, thresholds, threads=0):
        """The peer on the same file; each run is made once a session. None without a peer."""
        if self.peer_python is None:
            return None
        key = (dataset.name, threads)
        if key not in self.peer_runs:
            self.peer_runs[key] = self.run_peer(dataset, thresholds, threads)
        return self.peer_runs[key]

    def run_peer(self, dataset, thresholds, threads):
        out = self.work / "peer" / f"{dataset.name}-{threads or 'all'}"
        out.parent.mkdir(parents=True, exist_ok=True)
        log = self.work / "log" / f"peer-{out.name}.txt"
        whole = measured([self.peer_python, HERE / "peer_splink.py", dataset.peer_setting,
                          dataset.records, out, "--thresholds", ",".join(thresholds),
                          "--threads", str(threads)], log)
        inner = json.loads(log.read_text().strip().splitlines()[-1])
        truth = {k.split(":", 1)[1]: v for k, v in quality.read_truth(dataset.truth, "x").items()}
        inner["at"] = {t: quality.quality(read_partition(f"{out}-{t}.csv"), truth)
                       for t in thresholds}
        inner["whole"] = whole
        return inner


def read_partition(path):
    with open(path, newline="", encoding="utf-8") as file:
        return {row["record_id"]: row["entity"] for row in csv.DictReader(file)}


def machine():
    """What the figures were measured on, for the head of a report."""
    model = "unknown processor"
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    except OSError:
        pass
    return f"{len(os.sched_getaffinity(0))} processors, {model}"
