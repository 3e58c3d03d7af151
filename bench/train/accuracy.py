"""Holds B of a training against float64.

  accuracy.py PAIRS.csv WEIGHTS.bin COLUMNS PLAYERS [L2]

WEIGHTS.bin is B in float32, row-major, over the items 0 .. n-1. Prints one line of JSON: of so many evenly spaced columns
the greatest difference from float64 relative to the column's greatest entry, worst and median; and of so many evenly
spaced players how many of the ten best items are the same, on average. Needs numpy and scipy, and 20 bytes for each pair of
items.
"""
import json, sys
import numpy as np, scipy.linalg as sl, scipy.sparse as sp

pairs, weights, columns, players = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
l2 = float(sys.argv[5]) if len(sys.argv) > 5 else 200.0
rows = np.loadtxt(pairs, delimiter=',', skiprows=1, dtype=np.int32)
X = sp.csr_matrix((np.ones(len(rows)), (rows[:, 0], rows[:, 1])))
n = X.shape[1]
P = (X.T @ X).toarray()
P[np.diag_indices(n)] += l2
c, info = sl.lapack.dpotrf(P.T, lower=1, overwrite_a=1); assert info == 0
P, info = sl.lapack.dpotri(c, lower=1, overwrite_c=1); assert info == 0
d = np.diag(P).copy()
B = np.memmap(weights, np.float32, mode='r', shape=(n, n))
column = lambda j: np.concatenate((P[j, :j], P[j:, j]))

errors = []
for j in np.linspace(0, n - 1, min(n, columns)).astype(int):
    exact = -column(j) / d[j]; exact[j] = 0
    errors.append(np.abs(B[:, j] - exact).max() / np.abs(exact).max())
same = []
for u in np.linspace(0, X.shape[0] - 1, min(X.shape[0], players)).astype(int):
    x = X[u].indices
    if len(x) == 0: continue
    exact = -np.sum([column(i) for i in x], axis=0) / d
    found = B[x].astype(np.float64).sum(0)
    exact[x] = found[x] = -np.inf
    same.append(len(set(np.argsort(-exact, kind='stable')[:10]) & set(np.argsort(-found, kind='stable')[:10])) / 10)
print(json.dumps({'worst': float(np.max(errors)), 'median': float(np.median(errors)), 'columns': len(errors),
                  'overlap': float(np.mean(same)), 'players': len(same)}))
