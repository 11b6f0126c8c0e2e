"""Tests that the invented files are what their kind says: only then a score on them counts."""
import collections
import csv
import filecmp
import pathlib
import tempfile
import unittest

import make
import score


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


class MakeTest(unittest.TestCase):
    def setUp(self):
        self.place = tempfile.TemporaryDirectory()
        self.addCleanup(self.place.cleanup)
        self.out = pathlib.Path(self.place.name)

    def made(self, kind, people=300, seed=1):
        folder = make.make(kind, self.out / f"{people}-{seed}", people, seed)
        return folder, rows(folder / "truth" / "truth.csv")

    def test_every_record_has_one_truth_and_no_column_tells_it(self):
        for kind in make.KINDS:
            folder, truth = self.made(kind)
            files = [p for p in folder.iterdir() if p.is_file()]
            records = sum(len(p.read_text().splitlines()) - p.name.endswith("csv") for p in files)
            self.assertEqual(len({(r["source"], r["record_id"]) for r in truth}), len(truth), kind)
            self.assertEqual(records, len(truth), kind)
            for path in files:
                self.assertNotIn("entity", path.read_text(encoding="utf-8").splitlines()[0])

    def test_the_same_arguments_give_the_same_bytes_and_another_seed_others(self):
        one, _ = self.made("families")
        again = make.make("families", self.out / "again", 300, 1)
        other, _ = self.made("families", seed=2)
        for name in ("north.csv", "south.csv", "truth/truth.csv"):
            self.assertTrue(filecmp.cmp(one / name, again / name, shallow=False))
            self.assertFalse(filecmp.cmp(one / name, other / name, shallow=False))

    def test_unique_holds_nobody_twice(self):
        _, truth = self.made("unique")
        self.assertEqual(len({r["entity"] for r in truth}), len(truth))

    def test_exact_sources_say_the_same_of_everybody(self):
        folder, _ = self.made("exact")
        values = [collections.Counter(tuple(list(r.values())[1:]) for r in rows(folder / name))
                  for name in ("left.csv", "right.csv")]
        self.assertEqual(values[0], values[1])

    def test_families_share_a_roof_and_a_phone_with_another_given_name(self):
        people = make.People(make.random.Random(3)).crowd(400)
        homes = collections.defaultdict(list)
        for person in people:
            homes[person.household].append(person)
        shared = [home for home in homes.values() if len(home) > 2]
        self.assertGreater(len(shared), 40)
        for home in shared:
            self.assertEqual(len({(p.phone, p.street, p.number) for p in home}), 1)
            self.assertEqual(len({p.given for p in home}), len(home))

    def test_missing_leaves_out_four_in_ten(self):
        folder, _ = self.made("missing", 600)
        values = [r["phone"] for r in rows(folder / "cards.csv")]
        self.assertAlmostEqual(sum(not v for v in values) / len(values), .4, delta=.05)

    def test_many_makes_20_to_60_records_a_person(self):
        _, truth = self.made("many")
        counts = collections.Counter(r["entity"] for r in truth).values()
        self.assertTrue(all(20 <= n <= 60 for n in counts))

    def test_one_name_is_borne_by_four_in_ten_of_the_common_kind(self):
        folder, _ = self.made("common", 1000)
        names = [r["name"] for r in rows(folder / "list.csv")]
        self.assertAlmostEqual(sum("Nguyen" in n for n in names) / len(names), .36, delta=.06)


class ScoreTest(unittest.TestCase):
    def test_siblings_count_by_pairs_of_records_of_different_people(self):
        truth = {"a": "1", "b": "1", "c": "2", "d": "3"}
        households = {"1": "h", "2": "h", "3": "other"}
        found = {"a": "x", "b": "x", "c": "x", "d": "x"}
        self.assertEqual(score.siblings_merged(found, truth, households), 2)
        self.assertEqual(score.siblings_merged({**found, "c": "y"}, truth, households), 0)


if __name__ == "__main__":
    unittest.main()
