"""Figures of a partition against the truth, computed apart from Clew: F1, B-cubed, calibration.

Everything here is plain counting over two dictionaries (record -> entity), so that a reader can
check it in a minute. The driver uses it on Clew's and on the peer's output alike.
"""
import collections
import csv


def pairs_in(sizes):
    """Number of pairs inside groups of the given sizes."""
    return sum(size * (size - 1) // 2 for size in sizes)


def quality(found, truth):
    """Pairwise and B-cubed figures of `found` (record -> entity) on the records of `truth`.

    A record of the truth that `found` does not name stands alone; a label is compared only with
    itself, never with a label of the other side.
    """
    entity = {record: found.get(record, ("alone", record)) for record in truth}
    both = collections.Counter((entity[record], truth[record]) for record in truth)
    ours = collections.Counter(entity.values())
    theirs = collections.Counter(truth.values())
    right, made, wanted = (pairs_in(c.values()) for c in (both, ours, theirs))
    count = len(truth)
    b3_precision = sum(n * n / ours[e] for (e, _), n in both.items()) / count if count else 1.0
    b3_recall = sum(n * n / theirs[t] for (_, t), n in both.items()) / count if count else 1.0
    return {
        "records": count,
        "entities": len(ours),
        "entities_true": len(theirs),
        "precision": right / made if made else 1.0,
        "recall": right / wanted if wanted else 1.0,
        "f1": 2 * right / (made + wanted) if made + wanted else 1.0,
        "b3_precision": b3_precision,
        "b3_recall": b3_recall,
        "b3": 2 * b3_precision * b3_recall / (b3_precision + b3_recall) if count else 1.0,
        "wrong_share": 1 - right / made if made else 0.0,
        "pairs_made": made,
        "pairs_wrong": made - right,
        "largest": max(ours.values(), default=0),
        "largest_true": max(theirs.values(), default=0),
    }


def calibration(links, truth, lowest=0.01, bins=15):
    """Expected calibration error of `links` (probability, record, record) with p >= lowest.

    The pairs are sorted by probability and cut into `bins` parts of equal count; the error is the
    mean over parts of |mean probability - share of true pairs|, weighted by their count.
    """
    scored = sorted((p, truth[a] == truth[b]) for p, a, b in links
                    if p >= lowest and a in truth and b in truth)
    table, error = [], 0.0
    for part in range(bins):
        chunk = scored[len(scored) * part // bins:len(scored) * (part + 1) // bins]
        if not chunk:
            continue
        expected = sum(p for p, _ in chunk) / len(chunk)
        observed = sum(same for _, same in chunk) / len(chunk)
        error += abs(expected - observed) * len(chunk)
        table.append({"pairs": len(chunk), "expected": expected, "observed": observed})
    return {
        "pairs": len(scored),
        "ece": error / len(scored) if scored else 0.0,
        "lowest_probability": scored[0][0] if scored else None,
        "bins": table,
    }


def read_entities(path):
    """entities.csv of Clew: "source:record_id" -> entity id. A record named twice is an error."""
    found = {}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            record = f"{row['source']}:{row['record_id']}"
            if record in found:
                raise ValueError(f"{path}: a record stands in two rows")
            found[record] = row["entity_id"]
    return found


def read_truth(path, source=None):
    """A truth file ([source,]record_id,entity): "source:record_id" -> entity."""
    with open(path, newline="", encoding="utf-8") as file:
        return {f"{row.get('source') or source}:{row['record_id']}": row["entity"]
                for row in csv.DictReader(file)}


def read_links(path):
    """links.csv of Clew, one (probability, record, record) a row."""
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield (float(row["probability"]), f"{row['source_a']}:{row['record_a']}",
                   f"{row['source_b']}:{row['record_b']}")


def partition(found):
    """The groups of `found` without their labels, for comparing two runs."""
    groups = collections.defaultdict(list)
    for record, entity in found.items():
        groups[entity].append(record)
    return sorted(sorted(group) for group in groups.values())
