"""Tests of quality.py on cases small enough to be counted by hand."""
import itertools
import random
import unittest

import quality


def slow(found, truth):
    """All pairs one by one: the obvious way to precision, recall and F1."""
    right = made = wanted = 0
    for a, b in itertools.combinations(sorted(truth), 2):
        ours, theirs = found[a] == found[b], truth[a] == truth[b]
        right, made, wanted = right + (ours and theirs), made + ours, wanted + theirs
    return right, made, wanted


class QualityTest(unittest.TestCase):
    def test_agrees_with_a_case_counted_by_hand(self):
        truth = {"a": 1, "b": 1, "c": 1, "d": 2}
        got = quality.quality({"a": "x", "b": "x", "c": "y", "d": "y"}, truth)
        self.assertAlmostEqual(got["precision"], 1 / 2)
        self.assertAlmostEqual(got["recall"], 1 / 3)
        self.assertAlmostEqual(got["f1"], 2 / 5)
        self.assertAlmostEqual(got["b3_precision"], (1 + 1 + 1 / 2 + 1 / 2) / 4)
        self.assertAlmostEqual(got["b3_recall"], (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
        self.assertEqual((got["largest"], got["largest_true"]), (2, 3))

    def test_agrees_with_all_pairs_on_random_partitions(self):
        rng = random.Random(5)
        for _ in range(200):
            records = range(rng.randint(2, 14))
            truth = {r: rng.randint(0, 5) for r in records}
            found = {r: rng.randint(0, 5) for r in records}
            right, made, wanted = slow(found, truth)
            got = quality.quality(found, truth)
            self.assertEqual((got["pairs_made"], got["pairs_wrong"]), (made, made - right))
            self.assertAlmostEqual(got["f1"], 2 * right / (made + wanted) if made + wanted else 1.0)

    def test_a_record_that_was_not_named_stands_alone(self):
        got = quality.quality({"a": "x"}, {"a": 1, "b": 1})
        self.assertEqual((got["recall"], got["entities"]), (0.0, 2))

    def test_nothing_to_link_and_nothing_linked_is_perfect(self):
        got = quality.quality({"a": 1, "b": 2}, {"a": 1, "b": 2})
        self.assertEqual((got["f1"], got["b3"], got["wrong_share"]), (1.0, 1.0, 0.0))


class CalibrationTest(unittest.TestCase):
    def test_honest_probabilities_have_no_error(self):
        truth = {"a": 1, "b": 1, "c": 2, "d": 2, "e": 3}
        links = [(.5, "a", "b"), (.5, "a", "c"), (.5, "c", "d"), (.5, "d", "e")]
        self.assertAlmostEqual(quality.calibration(links, truth, bins=1)["ece"], 0)

    def test_boasting_is_measured(self):
        truth = {"a": 1, "b": 2, "c": 3}
        got = quality.calibration([(.9, "a", "b"), (.9, "b", "c"), (.001, "a", "c")], truth)
        self.assertAlmostEqual(got["ece"], .9)
        self.assertEqual(got["pairs"], 2)


class PartitionTest(unittest.TestCase):
    def test_labels_do_not_matter(self):
        self.assertEqual(quality.partition({"a": 1, "b": 1, "c": 2}),
                         quality.partition({"c": "p", "b": "q", "a": "q"}))


if __name__ == "__main__":
    unittest.main()
