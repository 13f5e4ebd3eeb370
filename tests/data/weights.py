"""Makes weights.json: weights of pairs and corrections for many pairs, as SciPy, NetworkX and exact fractions have them.

    pip install networkx scipy && python tests/data/weights.py > tests/data/weights.json
"""

import json
import math
import random
from fractions import Fraction

import networkx as nx
from scipy import stats

LEVEL = 0.05


def tail(n, a, b, units):
    """P(X >= n), exactly; SciPy must agree."""
    least = max(n, a + b - units, 0)
    ways = sum(math.comb(a, x) * math.comb(units - a, b - x) for x in range(least, min(a, b) + 1))
    p = float(Fraction(ways, math.comb(units, b)))
    assert abs(p - stats.hypergeom.sf(n - 1, units, a, b)) < 1e-9, (n, a, b, units)
    return p


def pair(n, a, b, units):
    table = [[n, a - n], [b - n, units - a - b + n]]
    above = n * units > a * b
    if 0 in (a, b, units - a, units - b):
        g2 = 0.0
    else:
        g2 = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    pmi = math.log2(n / units) - math.log2(a / units) - math.log2(b / units)
    return {
        "n": n,
        "ends": [a, b],
        "units": units,
        "association": float(Fraction(n * units, a * b)),
        "cosine": n / math.sqrt(a * b),
        "g2": g2 if above else -g2,
        "jaccard": n / (a + b - n),
        "npmi": 1.0 if n == units else pmi / -math.log2(n / units),
        "p": tail(n, a, b, units),
        "pmi": pmi,
    }


def pairs():
    draw = random.Random(11)
    yield pair(1, 1, 1, 1)
    yield pair(5, 5, 5, 5)
    yield pair(1, 1, 1, 2)
    yield pair(26, 43, 41, 139)
    yield pair(101, 600, 900, 1400)
    yield pair(300, 1000, 2000, 1000000)
    yield pair(40, 60, 90, 1000000)
    yield pair(9, 9, 400, 40000)
    for size in [3, 12, 40, 150, 700, 5000]:
        for _ in range(25):
            units = draw.randint(2, size)
            a, b = draw.randint(1, units), draw.randint(1, units)
            least = max(1, a + b - units)
            yield pair(draw.randint(least, min(a, b)), a, b, units)


def corpus(draw, actors, units):
    """How often each actor occurs, how many pairs are testable, the smallest p there can be, and q for some pairs."""
    counts = [min(units, int(draw.paretovariate(0.8))) for _ in range(actors)]
    found = [(a, b) for at, a in enumerate(counts) for b in counts[at + 1 :]]
    least = [tail(min(a, b), a, b, units) for a, b in found]
    testable = [pair for pair, p in zip(found, least) if p <= LEVEL]
    seen = [tail(draw.randint(max(1, a + b - units), min(a, b)), a, b, units) for a, b in testable[::3]]
    q = stats.false_discovery_control(seen + [1.0] * (len(testable) - len(seen)), method="bh")
    return {
        "counts": counts,
        "units": units,
        "testable": len(testable),
        "least_p": min(least),
        "p": seen,
        "q": [float(value) for value in q[: len(seen)]],
    }


def newman(draw, sentences, actors):
    """Sentences as lists of actors, with NetworkX's projection by collaboration."""
    scenes = [sorted(draw.sample(range(actors), draw.randint(0, min(actors, 5)))) for _ in range(sentences)]
    graph = nx.Graph()
    graph.add_nodes_from(range(actors))
    for at, scene in enumerate(scenes):
        graph.add_edges_from((f"s{at}", actor) for actor in scene)
    projected = nx.bipartite.collaboration_weighted_projected_graph(graph, range(actors))
    return {"sentences": scenes, "fractional": [[a, b, data["weight"]] for a, b, data in projected.edges(data=True)]}


def main():
    draw = random.Random(5)
    data = {
        "pairs": list(pairs()),
        "corpora": [corpus(draw, actors, units) for actors, units in [(2, 3), (8, 6), (20, 30), (40, 139), (60, 900)]],
        "newman": [newman(draw, sentences, actors) for sentences, actors in [(12, 5), (60, 9)]],
    }
    print(json.dumps(data, separators=(",", ":")))


main()
