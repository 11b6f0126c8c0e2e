#!/usr/bin/env python3
"""Writes N synthetic person records with known duplicates: the file behind the S1 figures.

Usage: synth_people.py N OUT.csv [--seed 7] [--names historical_50k.csv]
1,000,000 records with seed 7 and the names of historical_50k: 398,070 people, 1,236,845 true pairs.
Columns: unique_id, first_name, surname, dob, city, postcode, email, cluster (the truth).
Names are drawn with the frequencies of the public file historical_50k; without it, from invented
names with a heavy tail, and the program says so: figures then do not compare with published ones.
Same arguments, same bytes.
"""
import argparse
import collections
import csv
import random
import sys

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SYLLABLES = ("ba be da do fa ga ha hi jo ka ko la le li lo ma me mi mo na ne no pa ra re ri ro sa "
             "se si so ta te ti to va vi wa we za").split()
HEADER = "unique_id,first_name,surname,dob,city,postcode,email,cluster".split(",")


def cumulative(weights):
    total, out = 0, []
    for weight in weights:
        total += weight
        out.append(total)
    return out


def counted_names(path):
    """First and last names of a file with those columns, with how often each occurs."""
    first, last = collections.Counter(), collections.Counter()
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["first_name"]:
                first[row["first_name"]] += 1
            if row["surname"]:
                last[row["surname"]] += 1
    return first, last


def invented_names(seed):
    """Made-up names whose frequencies fall as 1/rank, as those of real names roughly do."""
    rng = random.Random(seed)

    def some(count, low, high):
        names = {}
        while len(names) < count:
            names["".join(rng.choices(SYLLABLES, k=rng.randint(low, high)))] = None
        return {name: 1000.0 / (rank + 3) for rank, name in enumerate(names)}

    return some(2500, 2, 3), some(9000, 2, 4)


class Maker:
    """Draws people and the records that speak of them. The order of draws is part of the format."""

    def __init__(self, seed, first, last):
        self.rng = random.Random(seed)
        self.first_names, weights = zip(*first.items())
        self.first_cum = cumulative(weights)
        self.last_names, weights = zip(*last.items())
        self.last_cum = cumulative(weights)
        self.cities = [f"city{i}" for i in range(400)]
        self.city_cum = cumulative([1.0 / (i + 1) for i in range(400)])

    def postcode(self):
        rng = self.rng
        return (f"{rng.choice(LETTERS)}{rng.choice(LETTERS)}{rng.randint(1, 99)} "
                f"{rng.randint(1, 9)}{rng.choice(LETTERS)}{rng.choice(LETTERS)}")

    def city(self):
        return self.rng.choices(self.cities, cum_weights=self.city_cum)[0]

    def typo(self, text):
        if not text:
            return text
        i, kind = self.rng.randrange(len(text)), self.rng.randrange(4)
        if kind == 0:
            return text[:i] + self.rng.choice(LETTERS) + text[i + 1:]
        if kind == 1:
            return text[:i] + text[i + 1:]
        if kind == 2:
            return text[:i] + self.rng.choice(LETTERS) + text[i:]
        return text[:i] + text[i + 1:i + 2] + text[i:i + 1] + text[i + 2:]

    def person(self):
        rng = self.rng
        name = rng.choices(self.first_names, cum_weights=self.first_cum)[0]
        surname = rng.choices(self.last_names, cum_weights=self.last_cum)[0]
        born = (rng.randint(1935, 2015), rng.randint(1, 12), rng.randint(1, 28))
        city, home = self.city(), self.postcode()
        host = (rng.randint(1, 999), rng.choice(["mail.com", "post.org", "x.net"]))
        email = f"{name}.{surname}{host[0]}@{host[1]}".replace(" ", "")
        return [name, surname, born, city, home, email]

    def wrong_date(self, born):
        rng, (year, month, day) = self.rng, born
        part = rng.randrange(3)
        if part == 0:
            year += rng.choice([-1, 1, 10, -10])
        elif part == 1:
            month = rng.randint(1, 12)
        else:
            day = rng.randint(1, 28)
        return (year, month, day)

    def record(self, person, copied):
        """What one report says of the person; copies carry errors, every record has gaps."""
        rng = self.rng
        name, surname, born, city, home, email = person
        if copied:
            name = self.typo(name) if rng.random() < .18 else name
            surname = self.typo(surname) if rng.random() < .15 else surname
            if rng.random() < .03:
                name, surname = surname, name
            born = self.wrong_date(born) if rng.random() < .12 else born
            city = self.city() if rng.random() < .2 else city
            if rng.random() < .25:
                home = self.postcode() if rng.random() < .6 else self.typo(home)
            email = self.typo(email) if rng.random() < .15 else email
        date = f"{born[0]:04d}-{born[1]:02d}-{born[2]:02d}"
        values = [name, surname, date, city, home, email]
        gaps = [.06, .03, .08, .1, .2, .35]
        return ["" if rng.random() < gap else value for value, gap in zip(values, gaps)]

    def records(self, count):
        """Yields (values, entity) until `count` records are made."""
        made = entity = 0
        while made < count:
            entity += 1
            person = self.person()
            copies = self.rng.choices([1, 2, 3, 4, 5, 8], [30, 30, 18, 12, 7, 3])[0]
            for copy in range(min(copies, count - made)):
                yield self.record(person, copy > 0), entity
                made += 1


def write_people(count, out, seed, names):
    """Writes the file; returns True when the names came from the file `names`."""
    try:
        first, last = counted_names(names) if names else invented_names(seed)
        from_file = bool(names)
    except FileNotFoundError:
        (first, last), from_file = invented_names(seed), False
    with open(out, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number, (values, entity) in enumerate(Maker(seed, first, last).records(count)):
            writer.writerow([number, *values, entity])
    return from_file


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("out")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--names", default="")
    args = parser.parse_args()
    if not write_people(args.count, args.out, args.seed, args.names):
        print("synth_people: no name frequencies given (--names): invented names are used; figures "
              "do not compare with published ones", file=sys.stderr)


if __name__ == "__main__":
    main()
