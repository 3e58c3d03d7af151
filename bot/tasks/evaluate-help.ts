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

  Figures are means over the test players, ± one standard error. Where a method is held against another, the difference of
  NDCG@100 is taken player by player, with its 95 % interval by a paired bootstrap of 2,000 resamples.

Methods:
  most played        by the number of training players with more than 0 minutes
  the seed's method  EASE with λ = 0.5, where a game counts 1 above 120 minutes of playtime and 0 otherwise
  EASE, owned        EASE with λ = 200, where every owned game counts 1
  the serving model  its options, trained anew without the test players (the defaults where no model is published)

Instead of these:
  --compare          each idea by itself and those that go together, on the same test players (about 25 solves)
  --new-games        a tenth of the games is hidden from training, and known by its labels alone; the hidden games that
                     a held-out player has played are sought among all indie games that the player does not own
  --thin             the libraries cut down to 1, 3, 5, 10 and 20 games, played ones first; the targets stay, and no other
                     game that the player owns counts as a wrong pick
  --discovery        the settings of /recommend: chance · owners^exponent over the model's candidates, for hidden gems
                     those first that are well liked and little known
  --explain          the weights of the second stage, the curve over d (what is taken off for ln(owners)), and what is lost
                     without each group of features; on a validation split: the test players are left out altogether
  --search N         N more solves with other settings, on a validation split: the test players are left out altogether,
                     and a fifth of the others is held out in their place. Every trial is a line of search.jsonl in
                     DATA_DIR, and the search goes on where it was

How the methods work is told in docs/model.md.
`
