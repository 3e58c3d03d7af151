/** What the playground page itself says; what it shows of Discord and Slack comes from the other message files. */
export type PageWords = {
  readonly title: string
  readonly tagline: string
  readonly skip: string
  readonly language: string
  readonly players: string
  readonly playersHint: string
  readonly nobody: string
  readonly sample: Readonly<Record<SampleName, string>>
  readonly upload: string
  readonly uploaded: (games: number) => string
  readonly badLibrary: (detail: string) => string
  readonly command: string
  readonly commandHint: string
  readonly send: string
  readonly completions: (count: number) => string
  readonly try: string
  readonly discord: string
  readonly slack: string
  readonly platform: string
  readonly theme: string
  readonly light: string
  readonly dark: string
  readonly channel: string
  readonly you: string
  readonly app: string
  readonly onlyYouDiscord: string
  readonly onlyYouSlack: string
  readonly direct: string
  readonly payload: string
  readonly waiting: string
  readonly empty: string
  readonly lost: string
  readonly used: (command: string) => string
  readonly download: (name: string) => string
  readonly picture: string
  readonly honest: string
  readonly synthetic: string
  readonly state: string
  readonly parts: Readonly<Record<PartName, string>>
  readonly status: Readonly<Record<'well' | 'ill' | 'absent', string>>
  readonly notConfigured: (setting: string) => string
  readonly games: (games: number, isSample: boolean) => string
  readonly model: (version: number, games: number, players: number, created: string) => string
  readonly noModel: string
  readonly steamOn: string
  readonly noDigests: string
  readonly digests: (count: number, next: string) => string
  readonly evaluation: string
  readonly evaluated: (players: number, games: number, at: string) => string
  readonly noEvaluation: string
  /** The players of an evaluation were generated. */
  readonly syntheticFigures: string
  readonly figures: Readonly<Record<'precision10' | 'recall20' | 'recall50' | 'ndcg100', string>>
  readonly methods: Readonly<Record<string, string>>
  readonly login: string
  readonly loginHint: string
  readonly token: string
  readonly enter: string
  readonly wrongToken: string
  readonly tooMany: (seconds: number) => string
  readonly noProof: string
  readonly keeps: string
}

export const SAMPLES = ['strategy', 'horror', 'novels', 'platforms', 'cards'] as const
export type SampleName = (typeof SAMPLES)[number]

export const PARTS = [
  'database',
  'catalogue',
  'model',
  'inference',
  'steam',
  'Discord',
  'Slack',
  'digests',
] as const
export type PartName = (typeof PARTS)[number]
