#!/usr/bin/env python3
"""Links every invented family of data with Clew's default and scores it against its truth.

Usage: score.py [--clew PATH] [--kind KIND ...] [--people 2000] [--seed 1] [--out DIR] [--floors]
Prints one line a kind: F1, B-cubed, share of wrong pairs, largest entity, pairs of brothers and
sisters taken for one, warnings and time. With --floors it exits 1 when a figure misses its floor
below. Nobody tunes to these files: a floor says what was reached, and guards it.
"""
import argparse
import collections
import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench" / "linkage"))

import make  # noqa: E402
import quality  # noqa: E402

# kind: {figure: (wish, floor)}, at 2,000 people: a little under what three seeds reached. `unique`
# ought to link nobody; its floor only guards against worse.
FLOORS = {
    "families": {"f1": (">=", .93), "wrong_share": ("<=", .10), "largest": ("<=", 10)},
    "sources": {"f1": (">=", .88), "wrong_share": ("<=", .10), "largest": ("<=", 10)},
    "jsonl": {"f1": (">=", .91), "largest": ("<=", 12)},
    "common": {"f1": (">=", .70), "wrong_share": ("<=", .10), "largest": ("<=", 8)},
    "unique": {"b3": (">=", .95), "largest": ("<=", 6)},
    "missing": {"f1": (">=", .94), "wrong_share": ("<=", .10), "largest": ("<=", 8)},
    "many": {"f1": (">=", .86), "wrong_share": ("<=", .01), "largest": ("<=", 60)},
    "exact": {"f1": (">=", .999), "largest": ("<=", 3)},
    "shelter": {"f1": (">=", .92), "wrong_share": ("<=", .11), "largest": ("<=", 10)},
    "tiny": {"f1": (">=", .8), "largest": ("<=", 2)},
}


def siblings_merged(found, truth, households):
    """Pairs of records of two people of one household that stand in one entity."""
    by_entity, by_person = collections.Counter(), collections.Counter()
    for record, person in truth.items():
        by_entity[found[record], households[person]] += 1
        by_person[found[record], person] += 1
    return quality.pairs_in(by_entity.values()) - quality.pairs_in(by_person.values())


def read_households(path):
    with open(path, newline="", encoding="utf-8") as file:
        return {row["entity"]: row["household"] for row in csv.DictReader(file)}


def link(clew, files, out):
    """Runs Clew's default; returns its exit code, its last words and the wall time."""
    start = time.perf_counter()
    done = subprocess.run([clew, "link", *files, "--out", out], capture_output=True, text=True)
    return done.returncode, done.stderr.strip().splitlines()[-3:], time.perf_counter() - start


def score(clew, kind, folder, out):
    files = sorted(str(path) for path in folder.iterdir() if path.is_file())
    code, words, wall = link(clew, files, str(out))
    if code not in (0, 1):
        return {"kind": kind, "failed": f"exit code {code}: " + " / ".join(words)}
    found = quality.read_entities(out / "entities.csv")
    truth = quality.read_truth(folder / "truth" / "truth.csv")
    result = quality.quality(found, truth)
    result["siblings"] = siblings_merged(found, truth, read_households(
        folder / "truth" / "households.csv"))
    links = quality.read_links(out / "links.csv")
    result["ece"] = quality.calibration(links, truth)["ece"]
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    result["warnings"] = len(summary.get("warnings", []))
    return {"kind": kind, "wall_s": wall, **result}


def line(result):
    if "failed" in result:
        return f"{result['kind']:10} FAILED: {result['failed']}"
    return (f"{result['kind']:10} {result['records']:7,} {result['f1']:.4f} "
            f"{result['precision']:.4f} {result['recall']:.4f} {result['b3']:.4f} "
            f"{result['wrong_share']:7.2%} {result['largest']:5} ({result['largest_true']:2}) "
            f"{result['siblings']:8} {result['ece']:.3f} {result['warnings']:8} "
            f"{result['wall_s']:6.2f}")


HEAD = ("kind       records     F1      P      R     B3   wrong  largest  siblings   ECE "
        "warnings  wall s")


def misses(result):
    """Sentences on the floors that this result does not reach."""
    if "failed" in result:
        return [f"{result['kind']}: the run failed"]
    found = []
    for figure, (wish, floor) in FLOORS[result["kind"]].items():
        value = result[figure]
        if not (value >= floor if wish == ">=" else value <= floor):
            found.append(f"{result['kind']}: {figure} {value:.4f}, asked {wish} {floor:g}")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clew", default=str(ROOT / "build" / "release" / "clew"))
    parser.add_argument("--kind", nargs="*", choices=list(make.KINDS), default=list(make.KINDS))
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", help="keep files and results here (default: a temporary folder)")
    parser.add_argument("--floors", action="store_true", help="exit 1 when a floor is missed")
    args = parser.parse_args()
    missed = []
    print(HEAD)
    with tempfile.TemporaryDirectory() as scratch:
        place = pathlib.Path(args.out or scratch)
        for kind in args.kind:
            folder = make.make(kind, place / "data", args.people, args.seed)
            result = score(args.clew, kind, folder, place / "linked" / kind)
            print(line(result), flush=True)
            missed += misses(result)
    if args.floors:
        print("\n".join(missed) if missed else "every floor reached")
    return 1 if args.floors and missed else 0


if __name__ == "__main__":
    sys.exit(main())
