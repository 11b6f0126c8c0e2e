"""One function per published figure: runs the programs, prints a table, judges it by its floor."""
import csv
import difflib
import filecmp
import os
import pathlib
import statistics

import datasets
import quality

HERE = pathlib.Path(__file__).resolve().parent
THRESHOLDS = {"S1": ["0.95", "0.99", "0.999"], "S2": ["0.95", "0.5", "0.8", "0.99", "0.999"],
              "S3": ["0.95", "0.05", "0.2", "0.5", "0.7", "0.8", "0.99"],
              "S5": ["0.95", "0.05", "0.1", "0.3", "0.5", "0.8", "0.99"]}
FOUR = ("s1", "historical", "febrl3", "fake1000")


class Bench:
    """What every figure needs: programs, data folders, and the verdicts collected so far."""

    def __init__(self, programs, data, names, work, records):
        self.programs, self.data, self.names, self.work = programs, data, names, work
        self.records = records
        self.verdicts = []
        self.runs = {}
        self.datasets = {}

    def dataset(self, name):
        if name not in self.datasets:
            if name == "s1":
                self.datasets[name] = datasets.synthetic(self.records, self.names, self.work)
                if self.records != 1_000_000:
                    print(f"  note: {self.records:,} records, not the published million")
            else:
                self.datasets[name] = datasets.public(name, self.data, self.work)
            if self.datasets[name].note:
                print(f"  note: {self.datasets[name].note}")
        return self.datasets[name]

    def default_run(self, name, *options):
        """Clew's own default on one thread; run once a session and shared by the figures."""
        key = (name, options)
        if key not in self.runs:
            label = "default" + "".join(o.strip("-").replace("%", "") for o in options)
            self.runs[key] = self.programs.clew(self.dataset(name), label, "--threads", "1",
                                                *options)
        return self.runs[key]

    def verdict(self, figure, what, value, wish, floor, digits=4):
        """Judges `value`: wish is ">=" or "<="; None means it could not be measured."""
        if value is None:
            word = "not measured"
        elif (value >= floor) if wish == ">=" else (value <= floor):
            word = "reached"
        else:
            word = f"NOT REACHED by {abs(value - floor):.{digits}f}"
        shown = "-" if value is None else f"{value:.{digits}f}"
        print(f"  verdict: {what}: {shown} (asked {wish} {floor:g}): {word}")
        self.verdicts.append({"figure": figure, "what": what, "value": value, "asked":
                              f"{wish} {floor:g}", "verdict": word})


def table(rows):
    """Prints rows of text as aligned columns; the first row is the head."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        cells = [cell.ljust(w) if i == 0 else cell.rjust(w)
                 for i, (cell, w) in enumerate(zip(row, widths))]
        print("  " + "  ".join(cells).rstrip())


HEAD = ["", "CPU-s", "wall s", "peak MB", "F1", "P", "R", "B3", "largest", "(true)"]


def row(label, cost, q):
    return [label, f"{cost['cpu_s']:.2f}", f"{cost['wall_s']:.2f}", f"{cost['peak_mb']:.0f}",
            f"{q['f1']:.4f}", f"{q['precision']:.4f}", f"{q['recall']:.4f}", f"{q['b3']:.4f}",
            str(q["largest"]), f"({q['largest_true']})"]


def peer_rows(peer, label):
    """One row per threshold; costs stand at the first, where they were taken."""
    rows = []
    for i, (threshold, q) in enumerate(peer["at"].items()):
        cells = row(f"Splink 5.0.0, {label}, at {threshold}", peer, q)
        rows.append(cells if i == 0 else [cells[0], "", "", "", *cells[4:]])
    return rows


def best_f1(peer):
    return max(q["f1"] for q in peer["at"].values())


def ratio(peer, cost, key):
    return peer[key] / cost[key] if peer and cost[key] > 0 else None


def s1(bench):
    """Equal settings on the synthetic million: same comparisons, rules and training, components."""
    data = bench.dataset("s1")
    same = ["--settings", HERE / "s1.toml", "--cluster", "components", "--threshold", "0.95"]
    one = bench.programs.clew(data, "equal-1", *same, "--threads", "1")
    cores = len(os.sched_getaffinity(0))
    every = bench.programs.clew(data, "equal-all", *same, "--threads", str(cores))
    q = one.quality(data)
    rows = [HEAD, row("Clew, equal settings, 1 thread", one.cost, q),
            row(f"Clew, equal settings, {cores} threads", every.cost, every.quality(data))]
    single = bench.programs.peer(data, THRESHOLDS["S1"], threads=1)
    peer = bench.programs.peer(data, THRESHOLDS["S1"])
    if peer:
        rows += peer_rows(single, "1 thread") + peer_rows(peer, "default threads")
    table(rows)
    cheaper = min((single, peer), key=lambda p: p["cpu_s"]) if peer else None
    peer_f1 = cheaper["at"]["0.95"]["f1"] if peer else None
    if peer:
        print(f"  ratios: CPU {ratio(single, one.cost, 'cpu_s'):.1f}x (1 thread each), "
              f"wall {ratio(peer, every.cost, 'wall_s'):.1f}x (all threads), "
              f"memory {ratio(peer, one.cost, 'peak_mb'):.1f}x")
    bench.verdict("s1", "CPU, times less than Splink's cheaper run",
                  ratio(cheaper, one.cost, "cpu_s"), ">=", 12, 1)
    bench.verdict("s1", "distance of F1 from Splink's",
                  abs(q["f1"] - peer_f1) if peer else None, "<=", .01)
    bench.verdict("s1", "peak memory, MB", max(one.cost["peak_mb"], every.cost["peak_mb"]),
                  "<=", 350, 0)


def s1_default(bench):
    """Clew's own default, without settings or truth, on the same million."""
    data = bench.dataset("s1")
    run = bench.default_run("s1")
    q = run.quality(data)
    rows = [HEAD, row("Clew, own default, 1 thread", run.cost, q)]
    peer = bench.programs.peer(data, THRESHOLDS["S1"])
    if peer:
        rows += peer_rows(peer, "default threads")
    table(rows)
    bench.verdict("s1-default", "F1", q["f1"], ">=", .97)
    bench.verdict("s1-default", "CPU, times less than Splink's S1",
                  ratio(peer, run.cost, "cpu_s"), ">=", 3, 1)


def known_set(bench, name, floors):
    """The default on one public file beside the peer at each of its thresholds."""
    data = bench.dataset(name)
    run = bench.default_run(name)
    q = run.quality(data)
    rows = [HEAD, row("Clew, own default, 1 thread", run.cost, q)]
    peer = bench.programs.peer(data, THRESHOLDS[data.peer_setting])
    if peer:
        rows += peer_rows(peer, "default threads")
    table(rows)
    if peer:
        print(f"  Splink's best F1 in hindsight: {best_f1(peer):.4f}; "
              f"CPU {ratio(peer, run.cost, 'cpu_s'):.1f}x Clew's")
    for key, (wish, floor) in floors.items():
        bench.verdict(name, key, q[key], wish, floor, 0 if key == "largest" else 4)


def historical(bench):
    """50,578 records of historical people, the same unsupervised default."""
    known_set(bench, "historical",
              {"f1": (">=", .94), "b3": (">=", .945), "largest": ("<=", 42)})


def febrl3(bench):
    """FEBRL 3: 5,000 synthetic Australian records, the same default."""
    known_set(bench, "febrl3", {"f1": (">=", .9995)})


def fake1000(bench):
    """1,000 synthetic British records, the same default."""
    known_set(bench, "fake1000", {"f1": (">=", .97)})


def small(bench):
    """1,000 records, the whole run from the start of the process to its end."""
    data = bench.dataset("fake1000")
    walls = [bench.programs.clew(data, "small", "--threads", "1").cost for _ in range(11)]
    middle = statistics.median(c["wall_s"] for c in walls) * 1000
    print(f"  Clew, 11 runs: median {middle:.0f} ms, fastest "
          f"{min(c['wall_s'] for c in walls) * 1000:.0f} ms, slowest "
          f"{max(c['wall_s'] for c in walls) * 1000:.0f} ms, "
          f"CPU {statistics.median(c['cpu_s'] for c in walls) * 1000:.0f} ms")
    peer = bench.programs.peer(data, THRESHOLDS["S5"])
    if peer:
        print(f"  Splink 5.0.0, 1 run: {peer['wall_s'] * 1000:.0f} ms, its imports not counted")
    bench.verdict("small", "median wall of 1,000 records, ms", middle, "<=", 100, 0)


def wrong_links(bench):
    """Asked share of wrong links against the observed one."""
    rows = [["", "asked", "expected", "observed", "F1", "wrong pairs", "of"]]
    worst = {}
    for name in FOUR:
        for asked in ("1%", "5%"):
            run = bench.default_run(name, "--wrong-links", asked)
            q = run.quality(bench.dataset(name))
            wish = float(asked[:-1]) / 100
            worst[name, asked] = q["wrong_share"] / wish
            rows.append([name, asked, told(run.summary(), "wrong_share"),
                         f"{q['wrong_share']:.2%}", f"{q['f1']:.4f}",
                         f"{q['pairs_wrong']:,}", f"{q['pairs_made']:,}"])
    table(rows)
    for (name, asked), times in worst.items():
        bench.verdict("wrong-links", f"{name}, asked {asked}: observed / asked", times, "<=", 2, 2)


def told(summary, key):
    """The first number called `key` anywhere in the summary, as a share."""
    if isinstance(summary, dict):
        if isinstance(summary.get(key), (int, float)):
            return f"{summary[key]:.2%}"
        summary = list(summary.values())
    if isinstance(summary, list):
        for value in summary:
            if (found := told(value, key)) != "-":
                return found
    return "-"


def calibration(bench):
    """Expected calibration error of the scored pairs, before clustering."""
    for name in FOUR:
        run = bench.default_run(name)
        got = run.calibration(bench.dataset(name))
        print(f"  {name}: {got['pairs']:,} pairs with p >= .01, lowest "
              f"{got['lowest_probability'] or 0:.4f}")
        if (got["lowest_probability"] or 1) > .02:
            print("    note: links.csv holds no pairs near .01; the error is over those it holds")
        print("    mean p -> true share: " + " ".join(
            f"{b['expected']:.2f}->{b['observed']:.2f}" for b in got["bins"]))
        bench.verdict("calibration", f"{name}: ECE", got["ece"] if got["pairs"] else None,
                      "<=", .05)


def same_bytes(first, second):
    names = ("entities.csv", "links.csv", "model.json")
    return [n for n in names if not filecmp.cmp(first / n, second / n, shallow=False)]


def shuffled_copy(path, out, seed, with_ids):
    """Writes the rows in another order, with or without their ids; returns what it wrote."""
    with open(path, newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    cut = 0 if with_ids else 1
    rows = [tuple(r[cut:]) for r in datasets.shuffled(rows, seed)]
    out.parent.mkdir(parents=True, exist_ok=True)
    datasets.write_csv(out, header[cut:], rows)
    return rows


def partition_by_content(run, rows):
    """Groups of rows, whatever their numbers: rows that say the same are interchangeable."""
    groups = {}
    for record, entity in run.found().items():
        number = int("".join(c for c in record.split(":", 1)[1] if c.isdigit()))
        groups.setdefault(entity, []).append(rows[number - 1])
    return sorted(sorted(group) for group in groups.values())


def determinism(bench):
    """Threads change no byte; the order of the input changes no entity."""
    for name in ("historical", "febrl3", "fake1000"):
        data = bench.dataset(name)
        one = bench.default_run(name)
        two = bench.programs.clew(data, "two-threads", "--threads", "2")
        differ = same_bytes(one.out, two.out)
        bench.verdict("determinism", f"{name}: files that 1 and 2 threads write differently",
                      len(differ), "<=", 0, 0)
        partitions, bytes_differ = [], 0
        for seed in (1, 2, 3):
            folder = bench.work / "data" / name / f"shuffle-{seed}"
            shuffled_copy(data.records, folder / "records.csv", seed, with_ids=True)
            run = bench.programs.clew(data, f"shuffle-{seed}", "--threads", "2",
                                      records=folder / "records.csv")
            bytes_differ += len(same_bytes(one.out, run.out))
            rows = shuffled_copy(data.records, folder / "noid" / "records.csv", seed, False)
            run = bench.programs.clew(data, f"shuffle-{seed}-noid", "--threads", "2",
                                      records=folder / "noid" / "records.csv")
            partitions.append(partition_by_content(run, rows))
        bench.verdict("determinism", f"{name}: files that 3 shuffles with ids write differently",
                      bytes_differ, "<=", 0, 0)
        bench.verdict("determinism", f"{name}: further partitions in 3 shuffles without ids",
                      sum(p != partitions[0] for p in partitions), "<=", 0, 0)


def alike(a, b):
    return bool(a and b) and (a == b or difflib.SequenceMatcher(None, a, b).ratio() >= .7)


def glued(run, data):
    """Hub records whose entity holds another child with whom they share the phone and no more.

    Returns (records, largest entity): a record counts when it carries the hub's phone and no other
    record of its entity has any other value like its own (name, birth date, postcode, e-mail;
    equal, or at least 70% of the letters in the same order, so that typing errors do not count as
    the hub's).
    """
    groups = {}
    for record, entity in run.found().items():
        groups.setdefault(entity, []).append(record.split(":", 1)[1])
    with open(data.records, newline="", encoding="utf-8") as file:
        rows = {r["unique_id"]: r for r in csv.DictReader(file)}
    pairs = [(c, c) for c in ("first_name", "surname", "dob", "postcode", "email")]
    # Names may be written in the other order.
    pairs += [("first_name", "surname"), ("surname", "first_name")]
    count = 0
    for group in groups.values():
        if len(group) < 2:
            continue
        for one in group:
            a = rows[one]
            others = [rows[other] for other in group if other != one]
            if a["phone"] == datasets.HUB_PHONE and not any(
                    alike(a[c], b[d]) for b in others for c, d in pairs):
                count += 1
    return count, max(map(len, groups.values()))


def hub(bench):
    """A million records, 300,000 of which share one phone, within 500 MB."""
    apart = datasets.hub(bench.records, bench.names, bench.work, shared=False)
    joint = datasets.hub(bench.records, bench.names, bench.work, shared=True)
    limits = ("--memory", "500M", "--threads", "2")
    before = bench.programs.clew(apart, "hub", *limits)
    after = bench.programs.clew(joint, "hub", *limits)
    q_before, q_after = before.quality(apart), after.quality(joint)
    table([HEAD, row("Clew, a phone each", before.cost, q_before),
           row("Clew, 30% share one phone", after.cost, q_after)])
    count, largest = glued(after, joint)
    print(f"  records held in an entity by the shared phone alone: {count:,}; "
          f"largest entity {largest} (a phone each: {q_before['largest']})")
    said = (after.out / "report.html").read_text(errors="replace").lower()
    named = mentions(after.summary(), "phone")
    print(f"  summary.json names the phone as hub or placeholder: {named}")
    bench.verdict("hub", "peak memory, MB", after.cost["peak_mb"], "<=", 500, 0)
    times = [after.cost[key] / before.cost[key] for key in ("wall_s", "cpu_s")]
    bench.verdict("hub", "time against a phone each (the worse of wall and CPU)",
                  max(times), "<=", 2, 2)
    bench.verdict("hub", "records held by the phone alone", count, "<=", 0, 0)
    bench.verdict("hub", "largest entity against a phone each",
                  largest / q_before["largest"], "<=", 2, 2)
    bench.verdict("hub", "summary.json and report.html speak of it",
                  int(named and ("hub" in said or "placeholder" in said)), ">=", 1, 0)


def mentions(summary, word):
    """Does an entry under a key that says hub or placeholder name `word`?"""
    if isinstance(summary, dict):
        return any(word in str(value).lower() if "hub" in key or "placeholder" in key
                   else mentions(value, word) for key, value in summary.items())
    return isinstance(summary, list) and any(mentions(value, word) for value in summary)


FIGURES = {"s1": s1, "s1-default": s1_default, "historical": historical, "febrl3": febrl3,
           "fake1000": fake1000, "small": small, "wrong-links": wrong_links,
           "calibration": calibration, "determinism": determinism, "hub": hub}
