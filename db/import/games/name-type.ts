/** What a name alone tells of what it names. Words that games use in their names too count only where they stand as these do. */

export type GameType = 'game' | 'dlc' | 'demo' | 'soundtrack' | 'tool' | 'video' | 'other'

type Rule = {
  readonly type: GameType
  readonly pattern: RegExp
  /** Steam has no type for it, and calls it a game: then the name tells more. */
  readonly isGameToSteam?: true
}

// What looks back comes behind what it stands before: else it looks back from every letter.
const RULES: readonly Rule[] = [
  { type: 'demo', pattern: /(?<=.)\bplay ?test\b/i, isGameToSteam: true },
  // "The Prologue of …" and "Prologue for …" are titles; what begins with the word is one as well.
  { type: 'demo', pattern: /(?<=.)\bprologue\b(?!\s+(?:of|for|to)\b)/i, isGameToSteam: true },
  {
    type: 'demo',
    pattern: /(?<=.)(?:序章|プロローグ|프롤로그|(?<!\p{L})пролог)(?!\p{L})/iu,
    isGameToSteam: true,
  },
  { type: 'demo', pattern: /(?<=.)\bplayable teaser\b/i },
  { type: 'demo', pattern: /(?<=.)\bdemo(?: version| edition| build)?\W*(?:\b(?:19|20)\d\d\W*)?$/i },
  { type: 'demo', pattern: /[([【]\s*(?:free |tech )?demo\s*[)\]】]/i },
  { type: 'demo', pattern: /(?<=.)(?:体験版|體驗版|体验版|试玩版?|試玩版?|체험판|데모)/ },
  { type: 'demo', pattern: /(?<=.)\b(?:free trial|trial (?:version|edition|build))/i },
  { type: 'demo', pattern: /[:([–-]\s*trial\s*[)\]]?$/i },
  { type: 'demo', pattern: /\b(?:open|closed|public) (?:beta|alpha)\b/i },
  { type: 'demo', pattern: /\bpre-?alpha\b/i },
  { type: 'demo', pattern: /(?<=.)\b(?:beta|alpha) (?:test(?:ing)?|version|build|client|branch)\b/i },
  { type: 'demo', pattern: /[([]\s*(?:beta|alpha)\s*[)\]]/i },
  {
    type: 'demo',
    pattern:
      /(?<=.)(?<!(?:&|\b(?:and|of|vs\.?|project|station|planet|base|colony|sector|site|team|squad))\s)\bbeta\W*$/i,
  },
  { type: 'tool', pattern: /\b(?:dedicated server|test server|benchmark|sdk)\W*$/i },
  // A game that is sold with its music stays one.
  {
    type: 'soundtrack',
    pattern:
      /(?<=.)\b(?=sound|original score)(?<!(?:[+&]|\b(?:and|with|plus|incl\w*\.?))\s*(?:(?:original|official|digital) )*)(?:sound ?tracks?(?=\W*$|\W*(?:vol|part|disc|cd|edition|pack|bundle|collection|and|&|\+)\b)|original score\W*$)/i,
  },
  { type: 'soundtrack', pattern: /(?<=.)\b(?=OST)(?<!(?:[+&]|\b(?:and|with|plus))\s*)OST\W*(?:vol.*)?$/ },
  { type: 'other', pattern: /(?<=.)\b(?:digital |official )?art ?books?\b/i },
  { type: 'other', pattern: /(?<=.)(?:画集|畫集|设定集|設定集|アートブック|아트북)/ },
  { type: 'other', pattern: /\b(?:digital|web|motion) ?comics?\b/i },
  {
    type: 'other',
    pattern:
      /[:(–-]\s*(?:the )?(?:official )?(?:comics?(?: books?)?|manga|graphic novels?)(?:\s*(?:#|no|vol|issue))?\W*(?:\d+\W*)?$/i,
  },
  { type: 'other', pattern: /(?<=.)\bcomics? (?:#|issue |vol)/i },
  {
    type: 'video',
    pattern:
      /(?<=.)\b(?:announcement|cinematic|gameplay|launch|official|release|reveal|story|teaser|interactive) trailer\b/i,
  },
  { type: 'video', pattern: /[:(–-]\s*trailer\W*$/i },
  { type: 'other', pattern: /(?<=.)\bwallpapers?(?: (?:pack|set|collection))?\W*(?:\d+\W*)?$/i },
  { type: 'other', pattern: /\blive wallpapers?\b/i },
  {
    type: 'dlc',
    pattern:
      /(?<=.)\b(?:support(?:er)?s?|donat(?:ion|or)s?|donate|backers?|founders?|patrons?)(?:['’]s?)? (?:pack|pack(?:age)?|kit|bundle|dlc)s?\b/i,
  },
]

/** The type that the name tells, if any. `isSteamsGame`: Steam itself calls this a game, and it knows better. */
export function typeByName(
  name: string,
  { isSteamsGame }: { readonly isSteamsGame: boolean },
): GameType | undefined {
  return RULES.find((rule) => (rule.isGameToSteam || !isSteamsGame) && rule.pattern.test(name))?.type
}
