/** Shown by `npm run evaluate -- --help`. Kept apart, so that help loads nothing heavy. */
export const EVALUATE_HELP = `
What is measured (strong generalisation):
  A fifth of the players, always the same, is kept out of training. Of each one's played indie games (more than 0
  minutes) a fifth, at least one, is hidden: the targets T. The rest of the library is the input. Left out are players
  with fewer than 21 games or fewer than 5 played indie games, counted among the games of the training vocabulary.
  Every method ranks the indie games that are not in the input. hit(r) is 1 where the game at rank r is a target.

  Precision@10       Σ hit(1…10) / 10; its ceiling is the mean of min(10, |T|) / 10
  Recall@20, @50     Σ hit(1…k) / min(k, |T|)
  NDCG@100           Σ hit(r) / log2(r + 1) over r = 1…100, divided by the same sum for a perfect ranking, which has
                     its hits at the ranks 1…min(100, |T|)
  Coverage@10        distinct games among all first ten / indie games of the vocabulary; it grows with the number of
                     test players, so compare it within one split only
  Median popularity  of all first ten picks: how many training players own the game

  Figures are means over the test players, ± one standard error.

Methods:
  most played        by the number of training players with more than 0 minutes
  the seed's method  EASE with λ = 0.5, where a game counts 1 above 120 minutes of playtime and 0 otherwise
  EASE, owned        EASE with λ = 200, where every owned game counts 1
  the serving model  its options, trained anew without the test players (the defaults where no model is published)
`
