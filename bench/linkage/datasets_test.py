"""Tests that prepared files hold no trace of the truth and lose nothing else."""
import csv
import pathlib
import tempfile
import unittest

import datasets


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


class SplitTruthTest(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.out = pathlib.Path(place.name)

    def test_takes_the_truth_column_out_and_renumbers_the_ids(self):
        lines = "unique_id,name,cluster\n" + "".join(
            f"Q{n // 3}-{n},name{n},Q{n // 3}\n" for n in range(90))
        (self.out / "in.csv").write_text(lines)
        source = datasets.Source("", "unique_id", "cluster", "S2", "")
        datasets.split_truth(self.out / "in.csv", source, self.out, seed=1)
        records, truth = rows(self.out / "records.csv"), rows(self.out / "truth.csv")
        self.assertEqual(list(records[0]), ["unique_id", "name"])
        self.assertEqual([r["unique_id"] for r in records], [str(n) for n in range(1, 91)])
        self.assertNotIn("Q", (self.out / "records.csv").read_text())
        for record, true in zip(records, truth):
            self.assertEqual(true["entity"], f"Q{int(record['name'][4:]) // 3}")
        self.assertNotEqual([r["name"] for r in records], [f"name{n}" for n in range(90)])

    def test_reads_the_truth_out_of_febrl_ids_and_removes_them(self):
        (self.out / "in.csv").write_text(
            "rec_id, surname\nrec-7-org, a\nrec-7-dup-0, b\nrec-12-org, c\n")
        datasets.split_truth(self.out / "in.csv", datasets.SOURCES["febrl3"], self.out, seed=1)
        self.assertNotIn("rec-", (self.out / "records.csv").read_text())
        self.assertEqual(sorted(r["entity"] for r in rows(self.out / "truth.csv")),
                         ["12", "7", "7"])


class HubTest(unittest.TestCase):
    def test_the_two_files_differ_in_the_shared_phone_only(self):
        with tempfile.TemporaryDirectory() as place:
            work = pathlib.Path(place)
            apart, joint = (rows(datasets.hub(2000, None, work, shared).records)
                            for shared in (False, True))
        self.assertEqual([{**r, "phone": ""} for r in apart], [{**r, "phone": ""} for r in joint])
        share = sum(r["phone"] == datasets.HUB_PHONE for r in joint) / 2000
        self.assertAlmostEqual(share, .3, delta=.03)
        self.assertFalse(any(r["phone"] == datasets.HUB_PHONE for r in apart))
        nameless = sum(not r["first_name"] and not r["surname"] for r in joint) / 2000
        self.assertAlmostEqual(nameless, .1, delta=.03)


if __name__ == "__main__":
    unittest.main()
