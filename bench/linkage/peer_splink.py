#!/usr/bin/env python3
"""Runs the released Splink (PyPI: splink==5.0.0) on one of its known settings; the peer of `run`.

Usage: peer_splink.py S1|S2|S3|S5 RECORDS.csv OUT [--thresholds 0.95,0.99] [--threads N]
  S1 the synthetic million · S2 historical_50k · S3 FEBRL 3 · S5 fake_1000
The settings are those of Splink's own notebooks (S2, S3, S5) or the ones that s1.toml repeats (S1).
Writes OUT-THRESHOLD.csv (record_id,entity: connected components at that threshold) for each
threshold, and prints one JSON line: predicted edges, and CPU-seconds, wall and peak memory from
after the imports to the clusters of the first threshold; later thresholds are not counted.
"""
import argparse
import csv
import json
import resource
import time

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on


def part(column, first, length):
    return f"substr({column},{first},{length})"


def exact_tf(column):
    return cl.ExactMatch(column).configure(term_frequency_adjustments=True)


def settings_s1():
    def name(column):
        return cl.JaroWinklerAtThresholds(column, [0.92, 0.7]).configure(
            term_frequency_adjustments=True)

    comparisons = [name("first_name"), name("surname"),
                   cl.DamerauLevenshteinAtThresholds("dob", [1, 2]), exact_tf("city"),
                   cl.LevenshteinAtThresholds("postcode", [1, 2]),
                   cl.JaroWinklerAtThresholds("email", [0.88])]
    blocking = [("first_name", "surname"), ("first_name", "dob"), ("surname", "dob"),
                ("postcode", "first_name"), ("postcode", "surname"), ("email",)]
    train = dict(deterministic=[block_on("first_name", "surname", "dob"), block_on("email")],
                 recall=0.7, u=1e7, seed=None,
                 em=[block_on("first_name", "surname"), block_on("dob", "postcode")],
                 em_tf=False, predict=0.5)
    return comparisons, [block_on(*b) for b in blocking], train


def settings_s2():
    comparisons = [
        cl.ForenameSurnameComparison("first_name", "surname",
                                     forename_surname_concat_col_name="first_name_surname_concat"),
        cl.DateOfBirthComparison("dob", input_is_string=True),
        cl.PostcodeComparison("postcode_fake"), exact_tf("birth_place"), exact_tf("occupation")]
    area = part("postcode_fake", 1, 3)
    blocking = [
        block_on(part("first_name", 1, 3), part("surname", 1, 4)), block_on("surname", "dob"),
        block_on("first_name", "dob"), block_on("postcode_fake", "first_name"),
        block_on("postcode_fake", "surname"), block_on("dob", "birth_place"),
        block_on(area, "dob"), block_on(area, "first_name"), block_on(area, "surname"),
        block_on(part("first_name", 1, 2), part("surname", 1, 2), part("dob", 1, 4))]
    train = dict(deterministic=[block_on("first_name", "surname", "dob"),
                                block_on(part("first_name", 1, 2), "surname",
                                         part("postcode_fake", 1, 2)),
                                block_on("dob", "postcode_fake")],
                 recall=0.6, u=1e7, seed=None,
                 em=[block_on("first_name", "surname"), block_on("dob")],
                 em_tf=False, predict=0.5)
    return comparisons, blocking, train


def settings_s3():
    comparisons = [
        cl.NameComparison("given_name"), cl.NameComparison("surname"),
        cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
        cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2]), exact_tf("street_number"),
        exact_tf("postcode")]
    blocking = [block_on(column) for column in
                ("soc_sec_id", "given_name", "surname", "date_of_birth", "postcode")]
    swapped = ("l.given_name = r.surname and l.surname = r.given_name "
               "and l.date_of_birth = r.date_of_birth")
    train = dict(deterministic=[block_on("soc_sec_id"),
                                block_on("given_name", "surname", "date_of_birth"), swapped],
                 recall=0.9, u=1e6, seed=2, em=[block_on("date_of_birth"), block_on("postcode")],
                 em_tf=True, predict=0.05)
    return comparisons, blocking, train


def settings_s5():
    comparisons = [
        cl.ForenameSurnameComparison("first_name", "surname"),
        cl.DateOfBirthComparison("dob", input_is_string=True), exact_tf("city"),
        cl.EmailComparison("email")]
    blocking = [block_on(column) for column in ("first_name", "surname", "dob", "email")]
    near_birth = "levenshtein(r.dob, l.dob) <= 1"
    train = dict(deterministic=[
        f"l.first_name = r.first_name and {near_birth}",
        f"l.surname = r.surname and {near_birth}",
        "l.first_name = r.first_name and levenshtein(r.surname, l.surname) <= 2",
        block_on("email")],
        recall=0.7, u=1e6, seed=5,
        em=[block_on("dob"), block_on("email"), block_on("first_name", "surname")],
        em_tf=False, predict=0.05)
    return comparisons, blocking, train


SETTINGS = {"S1": (settings_s1, "unique_id"), "S2": (settings_s2, "unique_id"),
            "S3": (settings_s3, "rec_id"), "S5": (settings_s5, "unique_id")}


def load(con, name, path):
    """Makes the table `records`: trimmed values, empty ones as null, clean column names."""
    con.execute("create table raw as select * from "
                f"read_csv('{path}', all_varchar=true, header=true)")
    columns = [c[0] for c in con.execute("describe raw").fetchall()]
    picks = ", ".join(f"nullif(trim(\"{c}\"),'') as \"{c.strip()}\"" for c in columns)
    extra = ""
    if name == "S2":
        extra = ", first_name || ' ' || surname as first_name_surname_concat"
    con.execute(f"create table cleaned as select {picks} from raw")
    con.execute(f"create table records as select *{extra} from cleaned")
    con.execute("drop table raw; drop table cleaned")


def link(con, name):
    """Trains and predicts as the setting says; returns the linker and its edges."""
    make, id_column = SETTINGS[name]
    comparisons, blocking, train = make()
    settings = SettingsCreator(
        link_type="dedupe_only", unique_id_column_name=id_column, comparisons=comparisons,
        blocking_rules_to_generate_predictions=blocking, retain_matching_columns=False)
    linker = Linker(DuckDBAPI(connection=con).register("records"), settings)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        train["deterministic"], recall=train["recall"])
    training.estimate_u_using_random_sampling(max_pairs=train["u"], seed=train["seed"])
    for rule in train["em"]:
        training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=not train["em_tf"])
    return linker, linker.inference.predict(threshold_match_probability=train["predict"])


def clusters_at(con, linker, edges, id_column, threshold):
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
        edges, threshold_match_probability=threshold)
    return con.execute(
        f'select "{id_column}", cluster_id from {clusters.physical_name}').fetchall()


def write_partition(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["record_id", "entity"])
        writer.writerows(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("setting", choices=sorted(SETTINGS))
    parser.add_argument("records")
    parser.add_argument("out")
    parser.add_argument("--thresholds", default="0.95")
    parser.add_argument("--threads", type=int, default=0)
    args = parser.parse_args()
    thresholds = args.thresholds.split(",")
    id_column = SETTINGS[args.setting][1]
    wall, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    con = duckdb.connect()
    if args.threads:
        con.execute(f"set threads={args.threads}")
    load(con, args.setting, args.records)
    linker, edges = link(con, args.setting)
    rows = clusters_at(con, linker, edges, id_column, float(thresholds[0]))
    after = resource.getrusage(resource.RUSAGE_SELF)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    result = {"peer": "splink 5.0.0", "records": len(rows), "cpu_s": spent,
              "wall_s": time.perf_counter() - wall, "peak_mb": after.ru_maxrss / 1024}
    write_partition(f"{args.out}-{thresholds[0]}.csv", rows)
    for threshold in thresholds[1:]:
        rows = clusters_at(con, linker, edges, id_column, float(threshold))
        write_partition(f"{args.out}-{threshold}.csv", rows)
    result["edges"] = con.execute(f"select count(*) from {edges.physical_name}").fetchone()[0]
    print(json.dumps(result))


if __name__ == "__main__":
    main()
