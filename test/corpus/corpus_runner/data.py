"""The files that the notebooks of the corpus read: made up, small, the same every time.

Each maker writes one file into a folder. A key names the makers its notebook needs; their files lie in
``data/`` beside the notebook when it runs.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

_Rng = np.random.Generator


def titanic(path: Path) -> None:
    """891 passengers, 12 columns, a few values missing."""
    rng = np.random.default_rng(1912)
    n = 891
    sex = rng.choice(["male", "female"], n, p=[0.65, 0.35])
    grade = rng.choice([1, 2, 3], n, p=[0.24, 0.21, 0.55])
    age = np.round(np.clip(rng.normal(30, 14, n), 0.5, 80), 1)
    fare = np.round(rng.gamma(2, 40 / grade), 4)
    odds = 1.6 * (sex == "female") - 0.7 * (grade - 2) - 0.02 * (age - 30) - 0.6
    pd.DataFrame(
        {
            "PassengerId": np.arange(1, n + 1),
            "Survived": (rng.random(n) < 1 / (1 + np.exp(-2 * odds))).astype(int),
            "Pclass": grade,
            "Name": [
                f"Doe, {'Mr.' if s == 'male' else rng.choice(['Miss.', 'Mrs.'])} {i}"
                for i, s in enumerate(sex)
            ],
            "Sex": sex,
            "Age": np.where(rng.random(n) < 0.2, np.nan, age),
            "SibSp": rng.poisson(0.5, n),
            "Parch": rng.poisson(0.4, n),
            "Ticket": rng.integers(10_000, 400_000, n),
            "Fare": fare,
            "Cabin": np.where(rng.random(n) < 0.77, None, "C85"),
            "Embarked": rng.choice(["S", "C", "Q"], n, p=[0.72, 0.19, 0.09]),
        }
    ).to_csv(path, index=False)


def houses(path: Path) -> None:
    """1,000 sales of houses, with the columns of the well-known competition that matter."""
    rng = np.random.default_rng(1460)
    n = 1000
    quality = rng.integers(2, 11, n)
    area = np.round(rng.normal(1500, 450, n).clip(400)).astype(int)
    built = rng.integers(1900, 2011, n)
    places = np.array(["NAmes", "CollgCr", "OldTown", "Edwards", "Somerst", "NridgHt"])
    place = rng.integers(0, 6, n)
    log_price = 10.6 + 0.11 * quality + 0.00028 * area + 0.0022 * (built - 1900) + 0.04 * place
    pd.DataFrame(
        {
            "Id": np.arange(1, n + 1),
            "LotArea": rng.gamma(6, 1700, n).astype(int),
            "OverallQual": quality,
            "OverallCond": rng.integers(3, 9, n),
            "YearBuilt": built,
            "GrLivArea": area,
            "TotalBsmtSF": np.round(area * rng.uniform(0.4, 1, n)).astype(int),
            "FullBath": rng.integers(1, 4, n),
            "GarageCars": rng.integers(0, 4, n),
            "LotFrontage": np.where(rng.random(n) < 0.17, np.nan, rng.normal(70, 20, n).round()),
            "Neighborhood": places[place],
            "CentralAir": rng.choice(["Y", "N"], n, p=[0.93, 0.07]),
            "SalePrice": np.round(np.exp(log_price + rng.normal(0, 0.12, n)), -2).astype(int),
        }
    ).to_csv(path, index=False)


def churn(path: Path) -> None:
    """2,000 customers of a telephone company."""
    rng = np.random.default_rng(7043)
    n = 2000
    tenure = rng.integers(1, 73, n)
    contract = rng.choice(["Month-to-month", "One year", "Two year"], n, p=[0.55, 0.21, 0.24])
    monthly = np.round(rng.uniform(18, 119, n), 2)
    odds = -0.045 * tenure + 0.02 * monthly + 1.1 * (contract == "Month-to-month") - 1.6
    pd.DataFrame(
        {
            "customerID": [f"{i:04d}-ABCDE" for i in range(n)],
            "gender": rng.choice(["Male", "Female"], n),
            "SeniorCitizen": rng.integers(0, 2, n),
            "tenure": tenure,
            "Contract": contract,
            "PaymentMethod": rng.choice(["Electronic check", "Mailed check", "Credit card"], n),
            "MonthlyCharges": monthly,
            "TotalCharges": np.round(monthly * tenure, 2),
            "Churn": np.where(rng.random(n) < 1 / (1 + np.exp(-odds)), "Yes", "No"),
        }
    ).to_csv(path, index=False)


def sales(path: Path) -> None:
    """Two years of daily sales in 4 stores."""
    rng = np.random.default_rng(2013)
    days = pd.date_range("2016-01-01", "2017-12-31")
    frames = []
    for store in range(1, 5):
        season = 10 * np.sin(2 * np.pi * days.day_of_year / 365) + 6 * (days.day_of_week >= 5)
        units = rng.poisson(np.clip(30 + 5 * store + season, 1, None))
        frames.append(pd.DataFrame({"date": days, "store": store, "sales": units}))
    pd.concat(frames).to_csv(path, index=False)


def energy(path: Path) -> None:
    """60 days of hourly load and temperature."""
    rng = np.random.default_rng(24)
    hours = pd.date_range("2019-03-01", periods=1440, freq="h")
    warm = 12 + 6 * np.sin(2 * np.pi * (hours.hour - 9) / 24) + rng.normal(0, 1.5, 1440)
    load = 420 + 90 * np.sin(2 * np.pi * (hours.hour - 7) / 24) - 3 * warm + rng.normal(0, 12, 1440)
    pd.DataFrame({"timestamp": hours, "load_mw": load.round(1), "temp": warm.round(1)}).to_csv(
        path, index=False
    )


def passengers(path: Path) -> None:
    """144 months of passengers: trend, season, noise."""
    rng = np.random.default_rng(1949)
    months = pd.date_range("1949-01-01", periods=144, freq="MS")
    t = np.arange(144)
    count = (110 + 2.6 * t) * (1 + 0.18 * np.sin(2 * np.pi * (t - 3) / 12)) + rng.normal(0, 6, 144)
    pd.DataFrame({"Month": months.strftime("%Y-%m"), "Passengers": count.round().astype(int)}).to_csv(
        path, index=False
    )


_GOOD = [
    "great",
    "wonderful",
    "loved",
    "excellent",
    "superb",
    "touching",
    "brilliant",
    "funny",
    "charming",
    "perfect",
]
_BAD = ["terrible", "boring", "awful", "waste", "dull", "poor", "mess", "annoying", "worst", "disappointing"]
_PLAIN = [
    "the",
    "movie",
    "film",
    "a",
    "plot",
    "actor",
    "scene",
    "story",
    "with",
    "and",
    "was",
    "of",
    "ending",
    "this",
    "it",
    "character",
    "music",
    "camera",
    "dialogue",
    "director",
    "screen",
    "minutes",
    "people",
    "world",
    "time",
]


def _text(rng: _Rng, words: list[str], length: int, share: float) -> str:
    return " ".join(rng.choice(words) if rng.random() < share else rng.choice(_PLAIN) for _ in range(length))


def reviews(path: Path) -> None:
    """800 short reviews, half of them positive."""
    rng = np.random.default_rng(50)
    rows = []
    for i in range(800):
        good = bool(rng.random() < 0.5)
        words = (_GOOD if good else _BAD) if rng.random() < 0.9 else (_BAD if good else _GOOD)
        text = _text(rng, words, int(rng.integers(12, 40)), 0.12)
        rows.append({"id": i, "review": text, "sentiment": "positive" if good else "negative"})
    pd.DataFrame(rows).to_csv(path, index=False)


def spam(path: Path) -> None:
    """600 short messages, tab separated, without a header."""
    rng = np.random.default_rng(5574)
    lure = ["win", "free", "cash", "prize", "urgent", "call", "now", "claim", "txt", "mobile"]
    chat = ["ok", "see", "you", "later", "home", "dinner", "lol", "tomorrow", "sorry", "love"]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for _ in range(600):
            bad = rng.random() < 0.2
            text = _text(rng, lure if bad else chat, int(rng.integers(6, 20)), 0.4)
            file.write(f"{'spam' if bad else 'ham'}\t{text}\n")


def creditcard(path: Path) -> None:
    """4,000 payments of which 3 % are fraud; 10 anonymous columns and an amount."""
    rng = np.random.default_rng(492)
    n = 4000
    fraud = rng.random(n) < 0.03
    values = rng.normal(size=(n, 10)) + fraud[:, None] * rng.normal(1.1, 0.4, 10)
    frame = pd.DataFrame(values.round(5), columns=[f"V{i}" for i in range(1, 11)])
    frame["Amount"] = rng.gamma(1, 80, n).round(2)
    frame["Class"] = fraud.astype(int)
    frame.to_csv(path, index=False)


def competition(path: Path) -> None:
    """1,500 rows of anonymous features f0…f11 with a binary target."""
    rng = np.random.default_rng(77)
    n = 1500
    values = rng.normal(size=(n, 12))
    score = values[:, 0] - 0.8 * values[:, 1] + values[:, 2] * values[:, 3] + 0.5 * np.sin(3 * values[:, 4])
    frame = pd.DataFrame(values.round(4), columns=[f"f{i}" for i in range(12)])
    frame.insert(0, "id", np.arange(n))
    frame["target"] = (score + rng.normal(0, 0.7, n) > 0).astype(int)
    frame.to_csv(path, index=False)


def competition_test(path: Path) -> None:
    """300 rows like those of ``competition``, without the target."""
    rng = np.random.default_rng(78)
    frame = pd.DataFrame(rng.normal(size=(300, 12)).round(4), columns=[f"f{i}" for i in range(12)])
    frame.insert(0, "id", np.arange(1500, 1800))
    frame.to_csv(path, index=False)


def mushrooms(path: Path) -> None:
    """1,200 mushrooms, categories only."""
    rng = np.random.default_rng(8124)
    n = 1200
    odor = rng.choice(list("nfaly"), n, p=[0.45, 0.3, 0.1, 0.1, 0.05])
    poison = np.where(odor == "f", 0.95, np.where(odor == "n", 0.12, 0.3))
    pd.DataFrame(
        {
            "class": np.where(rng.random(n) < poison, "p", "e"),
            "cap-shape": rng.choice(list("xbfks"), n),
            "cap-color": rng.choice(list("nywge"), n),
            "odor": odor,
            "gill-size": rng.choice(list("nb"), n),
            "population": rng.choice(list("vysna"), n),
            "habitat": rng.choice(list("gdlpu"), n),
        }
    ).to_csv(path, index=False)


def shakespeare(path: Path) -> None:
    """12 kB of lines in the manner of a play."""
    rng = np.random.default_rng(1564)
    words = [
        "thou",
        "art",
        "my",
        "lord",
        "and",
        "the",
        "king",
        "shall",
        "speak",
        "no",
        "more",
        "of",
        "love",
        "or",
        "war",
        "while",
        "night",
        "doth",
        "fall",
        "upon",
        "this",
        "house",
        "good",
        "sir",
        "what",
        "news",
        "from",
        "france",
    ]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for _ in range(60):
            file.write(f"{rng.choice(['ROMEO', 'JULIET', 'HAMLET', 'DUKE'])}:\n")
            for _ in range(3):
                line = " ".join(rng.choice(words, int(rng.integers(6, 11))))
                file.write(line.capitalize() + ",\n")
            file.write("\n")


def auto_mpg(path: Path) -> None:
    """398 cars with their fuel consumption."""
    rng = np.random.default_rng(398)
    n = 398
    cylinders = rng.choice([4, 6, 8], n, p=[0.5, 0.22, 0.28])
    power = np.round(rng.normal(25 * cylinders - 20, 15, n).clip(45)).astype(int)
    weight = np.round(rng.normal(420 * cylinders + 700, 250, n)).astype(int)
    year = rng.integers(70, 83, n)
    mpg = 48 - 0.0052 * weight - 0.045 * power + 0.6 * (year - 76) + rng.normal(0, 2, n)
    pd.DataFrame(
        {
            "mpg": mpg.clip(9).round(1),
            "cylinders": cylinders,
            "horsepower": power,
            "weight": weight,
            "acceleration": rng.normal(15.5, 2.7, n).round(1),
            "model_year": year,
            "origin": rng.choice([1, 2, 3], n, p=[0.62, 0.18, 0.2]),
        }
    ).to_csv(path, index=False)


def ratings(path: Path) -> None:
    """3,000 ratings of 60 films by 90 people."""
    rng = np.random.default_rng(100)
    people, films = rng.normal(size=(90, 3)), rng.normal(size=(60, 3))
    user, item = rng.integers(0, 90, 3000), rng.integers(0, 60, 3000)
    stars = np.clip(np.round(3.4 + (people[user] * films[item]).sum(1) * 0.6), 1, 5).astype(int)
    pd.DataFrame({"userId": user, "movieId": item, "rating": stars}).to_csv(path, index=False)


def images(path: Path) -> None:
    """1,200 grey images of 12 x 12 with 4 kinds of shapes, and their labels, as npz."""
    rng = np.random.default_rng(12)
    n = 1200
    label = rng.integers(0, 4, n)
    picture = rng.normal(30, 20, (n, 12, 12))
    for i, kind in enumerate(label):
        row, column = rng.integers(1, 6, 2)
        if kind == 0:
            picture[i, row + 2, column : column + 6] += 170
        elif kind == 1:
            picture[i, row : row + 6, column + 2] += 170
        elif kind == 2:
            picture[i, row : row + 4, column : column + 4] += 150
        else:
            picture[i, range(row, row + 5), range(column, column + 5)] += 170
    np.savez_compressed(path, X=picture.clip(0, 255).astype(np.uint8), y=label)


def recidivism(path: Path) -> None:
    """430 people, the weeks until an arrest or the end of the year."""
    rng = np.random.default_rng(432)
    n = 430
    aid, age, before = rng.integers(0, 2, n), rng.integers(18, 45, n), rng.poisson(3, n)
    weeks = rng.exponential(70 * np.exp(0.35 * aid + 0.05 * (age - 25) - 0.09 * before))
    pd.DataFrame(
        {
            "week": np.minimum(np.ceil(weeks), 52).astype(int),
            "arrest": (weeks < 52).astype(int),
            "fin": aid,
            "age": age,
            "prio": before,
        }
    ).to_csv(path, index=False)


MAKERS: dict[str, tuple[str, Callable[[Path], None]]] = {
    "titanic": ("titanic.csv", titanic),
    "houses": ("houses.csv", houses),
    "churn": ("churn.csv", churn),
    "sales": ("sales.csv", sales),
    "energy": ("energy.csv", energy),
    "passengers": ("passengers.csv", passengers),
    "reviews": ("reviews.csv", reviews),
    "spam": ("spam.tsv", spam),
    "creditcard": ("creditcard.csv", creditcard),
    "train": ("train.csv", competition),
    "test": ("test.csv", competition_test),
    "mushrooms": ("mushrooms.csv", mushrooms),
    "shakespeare": ("input.txt", shakespeare),
    "auto-mpg": ("auto-mpg.csv", auto_mpg),
    "ratings": ("ratings.csv", ratings),
    "images": ("images.npz", images),
    "recidivism": ("recidivism.csv", recidivism),
}
"""name in a key -> file name, maker"""


def provide(names: list[str], folder: Path) -> None:
    """Writes the named files into ``folder``, which is made.

    Raises:
        KeyError: there is no maker of that name.
    """
    if names:
        folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        file, maker = MAKERS[name]
        maker(folder / file)
