#!/usr/bin/env python3
"""Makes files of invented people that no default was fitted to, each with its truth beside it.

Usage: make.py --kind KIND --out DIR [--people 2000] [--seed 1]      (KIND `all`: every kind)
  families  households: shared name, address, phone; siblings, twins; two sources, other headers
  sources   three sources, French, Spanish and Russian headers, that share only some fields
  jsonl     JSON lines with lists of phones and e-mails
  common    name and year of birth only; one family name is borne by four in ten
  unique    clean records without a single duplicate: nothing may be linked
  missing   four in ten values are missing
  many      20 to 60 records a person
  exact     two sources that hold every person once each, without errors
  shelter   a third of the records carry the phone and address of one shelter
  tiny      12 rows

Writes DIR/KIND/*.csv (or .jsonl), DIR/KIND/truth/truth.csv (source,record_id,entity) and
DIR/KIND/truth/households.csv (entity,household). Same arguments, same bytes. All names are put
together from lists in this file; any likeness to living people is chance.
"""
import argparse
import csv
import dataclasses
import datetime
import itertools
import json
import pathlib
import random

# Given names, endings that make further ones, and the parts of family names, by culture: enough to
# give each its own letters, lengths and typical mistakes. Draws fall off as 1/rank, as real names
# roughly do.
CULTURES = {
    "gallic": (
        "Camille Louise Hugo Jules Manon Élodie Léa Théo Inès Chloé Adèle Rémi Noé Margaux "
        "Anaïs Bastien Clément Océane Solène Yann Maëlle Gaspard Zoé Émile Apolline Côme Ninon "
        "Lucien",
        "ette ine ien ot elle",
        "Mar Du Ber Gar Lef Mor Per Ros Vin Char Bla Cou Fau Gui Lam Mas",
        "tin pont nard nier èvre eau rin sel cent pentier nchard turier cheux llaume bert son"),
    "iberian": (
        "María Lucía José Carmen Juan Pablo Sofía Diego Valentina Mateo Ximena Iñaki Rocío "
        "Andrés Begoña Álvaro Noelia Joaquín Paloma Emilio Itziar Nuria Rubén Marisol Tomás Elena "
        "Iker",
        "ita elio ina ardo iela",
        "Gar Rod Fer Mart Sán Gon Ram Alv Cas Del Esc Mén Nav Ort Pach",
        "cía ríguez nández ínez chez zález írez arez tillo gado obar dez arro ega eco"),
    "slavic": (
        "Anna Ivan Olga Petro Daria Milan Zlata Bogdan Irina Vesna Oleg Lada Marko Nadia "
        "Taras Jelena Radim Svetlana Dragan Ludmila Yuri Kateryna Stepan Mila Viktor Halyna Borys",
        "mir ka slava ek yna",
        "Petr Ivan Koval Bond Shev Kras Nov Dub Horv Zelen Mar Sokol Vor Mel",
        "ov enko chuk ski arenko ik ina ić ak ets yuk yn ar nyk"),
    "delta": (
        "Anh Minh Linh Huong Thanh Tuan Mai Lan Duc Phuong Hoa Khanh Bao Nhi Trang Quan Vy Long "
        "Ngoc Hieu Thao Dung My Son Yen Kiet Tam Uyen",
        "-Thi -Van -Kim -Xuan -Dieu",
        "Ng Tr L Ph Ho V D B Đ Hu", "uyen an e am ang o uong ui oan ynh"),
    "levant": (
        "Mohamed Fatima Ahmad Aisha Omar Layla Yusuf Maryam Hassan Noor Khalid Zainab Ibrahim "
        "Salma Karim Huda Tariq Rania Bilal Amina Sami Yasmin Adnan Rim Walid Dina Jamal Sawsan",
        "een ah oun iya ar",
        "Al- El- Ben Abu Haj Ab Mas Kh Sal Ham", "Masri Hadi oudi alil eh dan aleh oury ami id"),
    "sahel": (
        "Kofi Ama Kwame Abena Yaw Esi Moussa Awa Ibrahima Mariama Sekou Fanta Ousmane Adama Bintou "
        "Mamadou Nafi Amadou Khady Lamine Oumou Cheikh Ndeye Issa Coumba Demba Astou",
        "ata bou iel oma isse",
        "Dia Tra Kei Kou Ou Sis Men Ba O Bo Ma Ny",
        "llo oré ta yaté draogo soko sah do wusu ateng nsah ame"),
}
STREETS = "Mill River Church Station Market Oak Harbour North Garden Chapel Bridge Hill".split()
TOWNS = [a + b for a, b in itertools.product(
    "Al Bor Cas Der Est Fal Gor Hal Is Kel Lun Mor Nor Pel Ros Sal Tor Ul Ver Wes".split(),
    "ford haven mont burg stad ville by ton".split())]
HOSTS = "mail.example post.example box.example".split()
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
TODAY = datetime.date(2024, 6, 30)


@dataclasses.dataclass
class Person:
    entity: str
    household: str
    given: str
    family: str
    sex: str
    born: datetime.date
    street: str
    number: str
    town: str
    postcode: str
    phone: str
    email: str


def ranked(rng, items):
    """One of the items; the first is the most frequent, falling as 1/rank."""
    weights = RANKS.setdefault(len(items), list(itertools.accumulate(
        1 / (rank + 2) for rank in range(len(items)))))
    return rng.choices(items, cum_weights=weights)[0]


def given_names(names, endings):
    """The names of the list, then rarer ones made from them: Louise, ... Louisette, ..."""
    known = names.split()
    made = [(name if ending[0] == "-" else name[:max(2, len(name) - 2)]) + ending
            for ending in endings.split() for name in known]
    return list(dict.fromkeys(known + made))


RANKS = {}


class People:
    """Draws households; everybody drawn is another person."""

    def __init__(self, rng, cultures=tuple(CULTURES)):
        self.rng = rng
        self.cultures = cultures
        self.given = {c: given_names(*CULTURES[c][:2]) for c in cultures}
        self.family = {}
        for culture in cultures:
            names = [a + b for a, b in itertools.product(
                CULTURES[culture][2].split(), CULTURES[culture][3].split())]
            rng.shuffle(names)
            self.family[culture] = names
        self.entities = itertools.count(1)
        self.households = itertools.count(1)

    def given_name(self, culture):
        """One given name, at times a double one: children of one file rarely bear only 28 names."""
        name = ranked(self.rng, self.given[culture])
        second = ranked(self.rng, self.given[culture])
        return f"{name} {second}" if self.rng.random() < .3 and second != name else name

    def phone(self):
        return f"+33 6 {self.rng.randrange(10**8):08d}"

    def person(self, home, given, family, born):
        rng = self.rng
        account = f"{given.split()[0]}.{family}".replace(" ", "").lower()
        return Person(str(next(self.entities)), home["household"], given, family,
                      rng.choice("fm"), born, home["street"], home["number"], home["town"],
                      home["postcode"], home["phone"],
                      f"{account}{rng.randint(1, 99)}@{rng.choice(HOSTS)}")

    def household(self):
        """Up to two adults and some children; brothers and sisters, at times twins."""
        rng = self.rng
        culture = rng.choice(self.cultures)
        family = ranked(rng, self.family[culture])
        town = ranked(rng, TOWNS)
        home = {"household": str(next(self.households)),
                "street": f"{rng.choice(STREETS)} {rng.choice(['Street', 'Road', 'Lane'])}",
                "number": str(rng.randint(1, 180)), "town": town,
                "postcode": f"{TOWNS.index(town) + 10:03d}{rng.randint(0, 99):02d}",
                "phone": self.phone()}
        members, used = [], set()
        mother_born = TODAY.year - rng.randint(24, 55)
        for _ in range(rng.choice([1, 1, 2])):
            members.append((mother_born + rng.randint(-4, 4), None))
        last = None
        for _ in range(rng.choices(range(6), [3, 4, 4, 3, 2, 1])[0]):
            twin = last if last and rng.random() < .06 else None
            members.append((min(mother_born + rng.randint(17, 40), TODAY.year - 1), twin))
            last = members[-1]
        people, born = [], None
        for year, twin in members:
            if not twin or not born:
                born = datetime.date(year, 1, 1) + datetime.timedelta(rng.randrange(365))
            given = self.given_name(culture)
            while given.split()[0] in used:  # a household calls no two people by one name
                given = self.given_name(culture)
            used.add(given.split()[0])
            own = ranked(rng, self.family[culture]) if rng.random() < .08 else family
            people.append(self.person(home, given, own, born))
        return people

    def crowd(self, count):
        people = []
        while len(people) < count:
            people += self.household()
        return people[:count]

    def strangers(self, count):
        """People who share no roof."""
        return [self.household()[-1] for _ in range(count)]


class Mistakes:
    """How reports go wrong: typing, hearing, confusion, silence."""

    def __init__(self, rng, rate=1.0, missing=.08):
        self.rng, self.rate, self.missing = rng, rate, missing

    def often(self, chance):
        return self.rng.random() < chance * self.rate

    def typo(self, text):
        if len(text) < 2:
            return text
        i, kind = self.rng.randrange(len(text)), self.rng.randrange(4)
        letters = "0123456789" if text[i].isdigit() else ALPHABET
        if kind == 0:
            return text[:i] + self.rng.choice(letters) + text[i + 1:]
        if kind == 1:
            return text[:i] + text[i + 1:]
        if kind == 2:
            return text[:i] + self.rng.choice(letters) + text[i:]
        return text[:i] + text[i + 1:i + 2] + text[i:i + 1] + text[i + 2:]

    def date(self, born):
        kind = self.rng.randrange(4)
        try:
            if kind == 0:
                return born.replace(year=born.year + self.rng.choice([-1, 1]))
            if kind == 1:
                return born.replace(month=born.day, day=born.month)
            if kind == 2:
                return born.replace(day=self.rng.randint(1, 28))
            return born.replace(month=self.rng.randint(1, 12))
        except ValueError:
            return born

    def of(self, person, people):
        """What one report says of the person: a Person with mistakes, "" or None where silent."""
        said = dataclasses.replace(person)
        if self.often(.1):
            said.given = self.typo(said.given)
        elif self.often(.15):
            said.given = said.given.split()[0]
        if self.often(.1):
            said.family = self.typo(said.family)
        if self.often(.03):
            said.given, said.family = said.family, said.given
        if self.often(.08):
            said.born = self.date(said.born)
        if self.often(.12):
            said.phone = people.phone()
        if self.often(.1):
            said.email = self.typo(said.email)
        if self.often(.08):
            said.street, said.number, said.town = (
                f"{self.rng.choice(STREETS)} Road", str(self.rng.randint(1, 180)),
                ranked(self.rng, TOWNS))
            said.postcode = f"{TOWNS.index(said.town) + 10:03d}{self.rng.randint(0, 99):02d}"
        for name in ("given", "family", "sex", "born", "street", "number", "town", "postcode",
                     "phone", "email"):
            if self.rng.random() < self.missing * (.5 if name in ("given", "family") else 1):
                setattr(said, name, "" if name != "born" else None)
        return said


def iso(day):
    return day.isoformat() if day else ""


def slashed(day):
    return day.strftime("%d/%m/%Y") if day else ""


def dotted(day):
    return day.strftime("%d.%m.%Y") if day else ""


CYRILLIC = [("shch", "щ"), ("sh", "ш"), ("ch", "ч"), ("č", "ч"), ("zh", "ж"), ("kh", "х"),
            ("ts", "ц"), ("ya", "я"), ("yu", "ю"),
            *zip("abvgdeziyklmnoprstufhcjqwx", "абвгдезийклмнопрстуфхкйквк")]


def cyrillic(text):
    """How a Russian clerk may write a Latin name."""
    plain = text.lower().translate(str.maketrans("éèëêáàâíïóôúñçćđîü", "eeeeaaaiioounsčdiu"))
    for latin, letter in CYRILLIC:
        plain = plain.replace(latin, letter)
    return plain.title()


class Folder:
    """The files of one kind: records are shuffled and numbered so that nothing tells the truth."""

    def __init__(self, out, kind, rng):
        self.folder, self.rng, self.truth = out / kind, rng, []
        (self.folder / "truth").mkdir(parents=True, exist_ok=True)

    def add(self, source, header, rows, id_name="id"):
        """`rows` are (person, values); writes source.csv with an id column in front."""
        rows = self.numbered(source, rows)
        with open(self.folder / f"{source}.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow([id_name, *header])
            writer.writerows([number, *values] for number, values in rows)

    def add_json(self, source, rows):
        with open(self.folder / f"{source}.jsonl", "w", encoding="utf-8") as file:
            for number, values in self.numbered(source, rows):
                file.write(json.dumps({"id": number, **values}, ensure_ascii=False) + "\n")

    def numbered(self, source, rows):
        rows = list(rows)
        self.rng.shuffle(rows)
        self.truth += [(source, number, person) for number, (person, _) in enumerate(rows, 1)]
        return [(number, values) for number, (_, values) in enumerate(rows, 1)]

    def close(self):
        with open(self.folder / "truth" / "truth.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["source", "record_id", "entity"])
            writer.writerows([source, number, p.entity] for source, number, p in self.truth)
        homes = {p.entity: p.household for _, _, p in self.truth}
        path = self.folder / "truth" / "households.csv"
        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["entity", "household"])
            writer.writerows(sorted(homes.items(), key=lambda item: int(item[0])))


def reports(rng, people, everyone, mistakes, weights):
    """Yields (person, what is said): as many reports a person as `weights` (0, 1, 2 ...) says."""
    for person in everyone:
        for _ in range(rng.choices(range(len(weights)), weights)[0]):
            yield person, mistakes.of(person, people)


def families(rng, folder, count):
    people, mistakes = People(rng), Mistakes(rng)
    everyone = people.crowd(count)
    folder.add("north", ["first_name", "last_name", "sex", "date_of_birth", "address", "city",
                         "postcode", "phone"],
               [(p, [s.given, s.family, s.sex, slashed(s.born), f"{s.number} {s.street}".strip(),
                     s.town, s.postcode, s.phone])
                for p, s in reports(rng, people, everyone, mistakes, [3, 6, 1])])
    folder.add("south", ["surname", "forename", "gender", "dob", "house_number", "street", "town",
                         "mobile"],
               [(p, [s.family.upper(), s.given, {"f": "female", "m": "male"}.get(s.sex, ""),
                     iso(s.born), s.number, s.street, s.town, s.phone.replace(" ", "")])
                for p, s in reports(rng, people, everyone, mistakes, [4, 5, 1])], "case_id")


def sources(rng, folder, count):
    people, mistakes = People(rng, ("gallic", "iberian", "slavic")), Mistakes(rng)
    everyone = people.crowd(count)
    folder.add("registre", ["nom de famille", "prénom", "sexe", "date de naissance", "ville",
                            "téléphone"],
               [(p, [s.family, s.given, s.sex, slashed(s.born), s.town, s.phone])
                for p, s in reports(rng, people, everyone, mistakes, [3, 6, 1])], "numéro")
    rows = []
    for person, said in reports(rng, people, everyone, mistakes, [4, 5, 1]):
        seen = TODAY - datetime.timedelta(rng.randrange(700))
        age = ""
        if said.born and seen > said.born:
            age = max(0, (seen - said.born).days * 4 // 1461 + (rng.random() < .1))
        rows.append((person, [f"{said.given} {said.family}".strip(), age, iso(seen), said.town,
                              said.phone.replace(" ", "").replace("+33", "0")]))
    folder.add("refugio", ["nombre completo", "edad", "fecha del informe", "ciudad", "teléfono"],
               rows, "expediente")
    folder.add("priyut", ["фамилия", "имя", "пол", "дата рождения", "город"],
               [(p, [cyrillic(s.family), cyrillic(s.given), {"f": "ж", "m": "м"}.get(s.sex, ""),
                     dotted(s.born), s.town])
                for p, s in reports(rng, people, everyone, mistakes, [4, 5, 1])], "номер")


def jsonl(rng, folder, count):
    people, mistakes = People(rng), Mistakes(rng)

    everyone = people.crowd(count)
    second = {person.entity: people.phone() for person in everyone}

    def entry(person, said):
        old = second[person.entity]
        phones = [p for p in (said.phone, old if rng.random() < .5 else "") if p]
        rng.shuffle(phones)
        return {"name": f"{said.given} {said.family}".strip(), "birthDate": iso(said.born),
                "phones": phones, "emails": [said.email] if said.email else [],
                "location": said.town or None}

    folder.add_json("hotline", [
        (p, entry(p, s)) for p, s in reports(rng, people, everyone, mistakes, [0, 5, 3, 1, 1])])


def common(rng, folder, count):
    people, mistakes = People(rng, ("delta",)), Mistakes(rng, missing=.03)
    everyone = [dataclasses.replace(p, family="Nguyen") if rng.random() < .4 else p
                for p in people.strangers(count)]
    everyone = [dataclasses.replace(p, given=" ".join(
        [p.given.split()[0], ranked(rng, people.given["delta"]),
         ranked(rng, people.given["delta"])])) for p in everyone]
    folder.add("list", ["name", "year_of_birth"],
               [(p, [f"{s.family} {s.given}".strip(), s.born.year if s.born else ""])
                for p, s in reports(rng, people, everyone, mistakes, [0, 7, 2, 1])])


FULL = ["given_name", "family_name", "sex", "birth_date", "street", "house_number", "city",
        "postcode", "phone", "email"]


def full(said):
    return [said.given, said.family, said.sex, iso(said.born), said.street, said.number, said.town,
            said.postcode, said.phone, said.email]


def unique(rng, folder, count):
    people = People(rng)
    folder.add("register", FULL, [(p, full(p)) for p in people.crowd(count)])


def missing(rng, folder, count):
    people, mistakes = People(rng), Mistakes(rng, missing=.4)
    said = reports(rng, people, people.strangers(count), mistakes, [0, 4, 3, 2, 1])
    folder.add("cards", FULL, [(p, full(s)) for p, s in said])


def many(rng, folder, count):
    people, mistakes = People(rng), Mistakes(rng)
    rows = []
    for person in people.strangers(max(2, count // 20)):
        rows += [(person, full(mistakes.of(person, people))) for _ in range(rng.randint(20, 60))]
    folder.add("sightings", FULL, rows)


def exact(rng, folder, count):
    people = People(rng)
    everyone = people.crowd(count)
    for source in ("left", "right"):
        folder.add(source, FULL, [(p, full(p)) for p in everyone])


def shelter(rng, folder, count):
    people, mistakes = People(rng), Mistakes(rng)
    rows = []
    for person, said in reports(rng, people, people.strangers(count), mistakes, [0, 5, 3, 1]):
        if rng.random() < .33:
            said = dataclasses.replace(said, phone="+33 4 72318846", street="Lantern Road",
                                       number="12", town="Falhaven", postcode="05107")
        rows.append((person, full(said)))
    folder.add("intake", FULL, rows)


def tiny(rng, folder, count):
    people, mistakes = People(rng), Mistakes(rng, rate=.5, missing=.05)
    everyone = people.strangers(8)
    rows = [(p, full(p)) for p in everyone]
    rows += [(p, full(mistakes.of(p, people))) for p in everyone[:4]]
    folder.add("notes", FULL, rows)


KINDS = {f.__name__: f for f in (families, sources, jsonl, common, unique, missing, many, exact,
                                 shelter, tiny)}


def make(kind, out, people, seed):
    """Writes one kind into out/KIND and returns that folder."""
    rng = random.Random(f"{kind} {people} {seed}")
    folder = Folder(pathlib.Path(out), kind, rng)
    KINDS[kind](rng, folder, people)
    folder.close()
    return folder.folder


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", choices=[*KINDS, "all"], required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    for kind in KINDS if args.kind == "all" else [args.kind]:
        print(make(kind, args.out, args.people, args.seed))


if __name__ == "__main__":
    main()
