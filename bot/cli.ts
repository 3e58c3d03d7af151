// Listens for signals before anything else is loaded.
import './context/signals.ts'

const { Command, Option } = await import('commander')
const { DEFAULT_COUNT } = await import('../core/commands/catalogue.ts')
const { anyNumber, isoTime, wholeNumber } = await import('./tasks/arguments.ts')
const { once, stay } = await import('./context/run.ts')

/** The one command line. Each task's code is loaded only when it runs, so that `--help` is instant. */
const program = new Command('indiescout')
  .description('A scout for indie games inside Discord and Slack.')
  .showHelpAfterError('(--help shows what there is)')

program
  .command('start')
  .description('Start the bot: database, inference worker, Discord and Slack as far as they are configured.')
  .option('--smoke', 'start, answer one sample /recommend, and exit: with 0 if that worked', false)
  .action(({ smoke }) =>
    smoke
      ? once(async (context) => (await import('./tasks/start.ts')).runSmoke(context))
      : stay(async (context) => (await import('./tasks/start.ts')).runStart(context)),
  )

program
  .command('import')
  .description(
    'Load games, players, a blocklist or exchange rates from files or URLs; the formats are detected.',
  )
  .argument('<kind>', 'games, players, blocklist or rates')
  .argument('<source...>', 'files or http(s) URLs; gzip and zip are opened')
  .action((kind, sources) =>
    once(async (context) => (await import('./tasks/import.ts')).runImport(context, kind, sources)),
  )

program
  .command('catalogue')
  .description("Follow Steam's store: read which games are new or changed, and their pages.")
  .option('--limit <number>', 'so many pages at most', wholeNumber({ min: 1, max: 1_000_000 }))
  .action((options) =>
    once(async (context) => (await import('./tasks/catalogue.ts')).runCatalogue(context, options)),
  )

program
  .command('libraries')
  .description('Fetch the libraries of players who agreed to it and whose week is over.')
  .action(() => once(async (context) => (await import('./tasks/refresh-libraries.ts')).runLibraries(context)))

program
  .command('train')
  .description('Train the EASE model on the players in the database and publish it.')
  .option('--l2 <number>', 'regularisation λ', anyNumber({ min: 0, max: 1e6 }))
  .option(
    '--min-players <number>',
    'owners that a game needs to be in the vocabulary',
    wholeNumber({ min: 1, max: 1e6 }),
  )
  .option(
    '--newcomers <number>',
    'games that fewer own, and that are known by their tags, genres and developers alone',
    wholeNumber({ min: 0, max: 46_340 }),
  )
  .addOption(
    new Option(
      '--variant <name>',
      'default knows labels and weighs players by library size, weighted knows no labels, edlae and ease do not weigh',
    ).choices(['default', 'weighted', 'edlae', 'ease']),
  )
  .option(
    '--gram <file or query>',
    'train on a ready-made Gram matrix: a .parquet or .csv file, or SQL on DATABASE_URL, with the columns i, j, count (and weight for the variant weighted)',
  )
  .action((options) => once(async (context) => (await import('./tasks/train.ts')).runTrain(context, options)))

program
  .command('refresh')
  .description('Take in what players agreed to, train a candidate, and serve it if it is no worse.')
  .addOption(
    new Option('--l2 <number>', 'regularisation λ').argParser(anyNumber({ min: 0, max: 1e9 })).hideHelp(),
  )
  .addOption(
    new Option('--unless-since <time>', 'do nothing where that was done since then')
      .argParser(isoTime)
      .hideHelp(),
  )
  .action((options) =>
    once(async (context) => (await import('./tasks/refresh.ts')).runRefresh(context, options)),
  )

program
  .command('rollback')
  .description('Serve the model before the newest one again.')
  .action(() => once(async (context) => (await import('./tasks/rollback.ts')).runRollback(context)))

const { EVALUATE_HELP } = await import('./tasks/evaluate-help.ts')
program
  .command('evaluate')
  .description('Measure the model by strong generalisation, beside the methods it must beat.')
  .option('--json', 'print JSON for machines', false)
  .option('--compare', 'instead: every idea beside plain EASE, its gain paired by player (minutes)')
  .option('--new-games', 'instead: find games that were hidden from training, by their labels')
  .option('--thin', 'instead: libraries cut down to 1, 3, 5, 10 and 20 games')
  .option('--explain', 'instead: the weights of the second stage, and what each group of features is worth')
  .option('--discovery', 'instead: what the settings of discovery make of the picks')
  .option(
    '--search <solves>',
    'instead: search better settings on training players; goes on where it was',
    wholeNumber({ min: 1, max: 1000 }),
  )
  .addHelpText('after', EVALUATE_HELP)
  .action((options) =>
    once(async (context) => (await import('./tasks/evaluate.ts')).runEvaluate(context, options)),
  )

program
  .command('recommend')
  .description('Pick indie games for a player or for libraries from a file, in the terminal.')
  .argument('[player]', 'a Steam ID in any form, or a library.json: {"440": 1250} or a GetOwnedGames answer')
  .option('--count <number>', 'how many games', wholeNumber({ min: 1, max: 1000 }), DEFAULT_COUNT)
  .option('--genre <name>', 'only games of this genre, tag or category')
  .option(
    '--max-price <amount>',
    'the most a game may cost; 0 shows free games',
    anyNumber({ min: 0, max: 1000 }),
  )
  .option(
    '--libraries <file.jsonl>',
    'score many libraries, one JSON object a line; prints one JSON line for each',
  )
  .option('--json', 'print one JSON line instead of cards', false)
  .addOption(
    new Option(
      '--raw',
      'print the model’s final order of games that players know, without rules, diversity or new games; for measurement',
    ).default(false),
  )
  .action((player, options) =>
    once(async (context) => (await import('./tasks/recommend.ts')).runRecommend(context, player, options)),
  )

program
  .command('inference')
  .description('Run the inference worker (Open Inference Protocol v2 over HTTP).')
  .action(() => stay(async (context) => (await import('./tasks/inference.ts')).runInference(context)))

program
  .command('migrate')
  .description('Bring the database up to date, and end. Every other task does so too.')
  .action(() => once(async (context) => (await import('./tasks/migrate.ts')).runMigrate(context)))

program
  .command('register')
  .description("Publish Discord's commands and write Slack's manifest.")
  .option('--manifest <file>', "where Slack's manifest goes", 'slack-manifest.json')
  .action((options) =>
    once(async (context) => (await import('./tasks/register.ts')).runRegister(context, options.manifest)),
  )

program
  .command('doctor')
  .description('Check tokens, scopes, database, model, worker and Steam key: one line each, with a fix.')
  .action(() => once(async (context) => (await import('./tasks/doctor.ts')).runDoctor(context)))

await program.parseAsync()
