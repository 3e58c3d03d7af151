"""Times of scoring one library in numpy, in this process: by gathering rows of B, and by a dense product x @ B.

  peers.py GAMES TARGETS OWNED[,OWNED…] ROUNDS     prints {"rows": {"10": [p50, p99], …}, "dense": [p50, p99]} in milliseconds
"""
import json, sys, time
import numpy as np

games, targets = int(sys.argv[1]), int(sys.argv[2])
sizes = [int(size) for size in sys.argv[3].split(',')]
rounds = int(sys.argv[4])
g = np.random.default_rng(1)
b = g.random((games, targets), dtype=np.float32) - np.float32(0.3)
count = min(200, targets)


def best(scores):
    """The best in order, as the serving graph gives them."""
    found = np.argpartition(-scores, count - 1)[:count]
    return found[np.argsort(-scores[found], kind='stable')]


def measure(score, inputs):
    times = []
    for x in inputs:
        start = time.perf_counter()
        best(score(x))
        times.append((time.perf_counter() - start) * 1000)
    times = sorted(times[1:])
    return [times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.99))]]


def libraries(size):
    return [g.choice(games, size, replace=False) for _ in range(rounds + 1)]


def dense(rows):
    x = np.zeros(games, np.float32)
    x[rows] = 1
    return x


rows = {size: measure(lambda x: np.ones(len(x), np.float32) @ b[x], libraries(size)) for size in sizes}
whole = measure(lambda x: x @ b, [dense(x) for x in libraries(sizes[-1])[: max(5, rounds // 10)]])
print(json.dumps({'rows': rows, 'dense': whole}))
