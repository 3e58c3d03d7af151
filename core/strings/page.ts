import type { Locale } from '../locale.ts'

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

const en: PageWords = {
  title: 'Indiescout playground',
  tagline: 'Type a command, and see the very messages that Discord and Slack would get.',
  skip: 'Skip to the command line',
  language: 'Language',
  players: 'Play as',
  playersHint: 'Whose library counts when a command names nobody.',
  nobody: 'nobody',
  sample: {
    strategy: 'a strategy player',
    horror: 'a horror fan',
    novels: 'a visual novel reader',
    platforms: 'a platformer player',
    cards: 'a card player',
  },
  upload: 'your library.json',
  uploaded: (games) => `your library (${games} ${games === 1 ? 'game' : 'games'})`,
  badLibrary: (detail) => `That file is no library: ${detail}`,
  command: 'Command',
  commandHint: 'Press ↓ for what can follow, Enter to send.',
  send: 'Send',
  completions: (count) => `${count} ${count === 1 ? 'suggestion' : 'suggestions'}`,
  try: 'Try',
  discord: 'Discord',
  slack: 'Slack',
  platform: 'Platform',
  theme: 'Theme',
  light: 'Light',
  dark: 'Dark',
  channel: 'games',
  you: 'You',
  app: 'APP',
  onlyYouDiscord: 'Only you can see this',
  onlyYouSlack: 'Only visible to you',
  direct: 'In the direct messages with the app',
  payload: 'Payload',
  waiting: 'Indiescout is thinking…',
  empty: 'Choose a player, or type a command.',
  lost: 'The program did not answer. Is it still running?',
  used: (command) => `used ${command}`,
  download: (name) => `Download ${name}`,
  picture: 'Picture',
  honest: 'Every message is made by the bots’ own adapters; only the last step, the network, is left out.',
  synthetic:
    'This is the shipped sample: real free games, and players generated from the games’ tags. Good picks need real data.',
  state: 'State of the parts',
  parts: {
    database: 'Database',
    catalogue: 'Catalogue',
    model: 'Model',
    inference: 'Worker',
    steam: 'Steam',
    Discord: 'Discord',
    Slack: 'Slack',
    digests: 'Digests',
  },
  status: { well: 'well', ill: 'not well', absent: 'off' },
  notConfigured: (setting) => `not configured (${setting})`,
  games: (games, isSample) => `${games.toLocaleString('en')} games${isSample ? ' of the sample' : ''}`,
  model: (version, games, players, created) =>
    `version ${version} of ${created}: ${games.toLocaleString('en')} games, ${players.toLocaleString('en')} players`,
  noModel: 'none yet (npm run train)',
  steamOn: 'a key is set',
  noDigests: 'none is subscribed',
  digests: (count, next) => `${count} subscribed; next on ${next}`,
  evaluation: 'The latest evaluation',
  evaluated: (players, games, at) =>
    `${at}: ${players.toLocaleString('en')} players who were kept out of training, ${games.toLocaleString('en')} games. A fifth of each one’s played indie games was hidden; higher is better; ± is one standard error.`,
  noEvaluation: 'There is none yet. npm run evaluate makes one, and it is shown here.',
  syntheticFigures: 'The players are synthetic: these figures say nothing about real ones.',
  figures: {
    precision10: 'P@10',
    recall20: 'R@20',
    recall50: 'R@50',
    ndcg100: 'NDCG@100',
  },
  methods: {
    'most played': 'most played',
    'the serving model, retrained': 'the serving model',
  },
  login: 'Sign in',
  loginHint:
    'This page can be reached from other machines, so it asks for the token that its operator has set.',
  token: 'Token',
  enter: 'Enter',
  wrongToken: 'That is not the token.',
  tooMany: (seconds) => `Too many tries. Try again in ${seconds} s.`,
  noProof:
    'The playground proves no account: a proof counts on Discord or Slack alone. Your picks here use the link as it is.',
  keeps: 'What you do here is kept for seven days under a random name, or until /forget-me.',
}

const ko: PageWords = {
  title: 'Indiescout 체험 페이지',
  tagline: '명령어를 입력하면 Discord와 Slack이 받을 메시지를 그대로 볼 수 있습니다.',
  skip: '명령어 입력란으로 건너뛰기',
  language: '언어',
  players: '플레이어',
  playersHint: '명령어에 아무도 적지 않으면 이 라이브러리를 씁니다.',
  nobody: '없음',
  sample: {
    strategy: '전략 게이머',
    horror: '공포 게임 팬',
    novels: '비주얼 노벨 독자',
    platforms: '플랫포머 게이머',
    cards: '카드 게이머',
  },
  upload: '내 library.json',
  uploaded: (games) => `내 라이브러리 (게임 ${games}개)`,
  badLibrary: (detail) => `라이브러리 파일이 아닙니다: ${detail}`,
  command: '명령어',
  commandHint: '↓ 키로 이어질 내용을 보고, Enter 키로 보냅니다.',
  send: '보내기',
  completions: (count) => `제안 ${count}개`,
  try: '예시',
  discord: 'Discord',
  slack: 'Slack',
  platform: '플랫폼',
  theme: '테마',
  light: '밝게',
  dark: '어둡게',
  channel: 'games',
  you: '나',
  app: '앱',
  onlyYouDiscord: '나만 볼 수 있는 메시지예요',
  onlyYouSlack: '나에게만 표시',
  direct: '앱과의 다이렉트 메시지에서',
  payload: '페이로드',
  waiting: 'Indiescout이 생각하고 있습니다…',
  empty: '플레이어를 고르거나 명령어를 입력하세요.',
  lost: '프로그램이 응답하지 않습니다. 실행 중인지 확인하세요.',
  used: (command) => `${command} 사용`,
  download: (name) => `${name} 내려받기`,
  picture: '그림',
  honest: '모든 메시지는 봇의 어댑터가 그대로 만듭니다. 마지막 단계인 네트워크 전송만 빠져 있습니다.',
  synthetic:
    '지금은 함께 제공되는 표본입니다. 게임은 실제 무료 게임이고, 플레이어는 게임의 태그로 생성했습니다. 좋은 추천에는 실제 데이터가 필요합니다.',
  state: '구성 요소 상태',
  parts: {
    database: '데이터베이스',
    catalogue: '카탈로그',
    model: '모델',
    inference: '추론 서버',
    steam: 'Steam',
    Discord: 'Discord',
    Slack: 'Slack',
    digests: '다이제스트',
  },
  status: { well: '정상', ill: '이상', absent: '꺼짐' },
  notConfigured: (setting) => `설정되지 않음 (${setting})`,
  games: (games, isSample) => `${isSample ? '표본 ' : ''}게임 ${games.toLocaleString('ko')}개`,
  model: (version, games, players, created) =>
    `버전 ${version} (${created}): 게임 ${games.toLocaleString('ko')}개, 플레이어 ${players.toLocaleString('ko')}명`,
  noModel: '아직 없음 (npm run train)',
  steamOn: '키가 설정됨',
  noDigests: '구독 없음',
  digests: (count, next) => `구독 ${count}개, 다음은 ${next}`,
  evaluation: '최근 평가',
  evaluated: (players, games, at) =>
    `${at}: 학습에서 제외한 플레이어 ${players.toLocaleString('ko')}명, 게임 ${games.toLocaleString('ko')}개. 각자 플레이한 인디 게임의 5분의 1을 숨겼습니다. 높을수록 좋으며, ±는 표준오차 하나입니다.`,
  noEvaluation: '아직 없습니다. npm run evaluate를 실행하면 여기에 표시됩니다.',
  syntheticFigures: '플레이어가 생성된 것이어서, 이 수치는 실제 플레이어에 대해 아무것도 말하지 않습니다.',
  figures: {
    precision10: 'P@10',
    recall20: 'R@20',
    recall50: 'R@50',
    ndcg100: 'NDCG@100',
  },
  methods: {
    'most played': '가장 많이 플레이한 게임',
    'the serving model, retrained': '서비스 중인 모델',
  },
  login: '로그인',
  loginHint: '다른 기기에서도 열 수 있는 페이지이므로, 운영자가 정한 토큰이 필요합니다.',
  token: '토큰',
  enter: '들어가기',
  wrongToken: '토큰이 아닙니다.',
  tooMany: (seconds) => `시도가 너무 많습니다. ${seconds}초 뒤에 다시 시도하세요.`,
  noProof:
    '체험 페이지에서는 계정을 증명하지 않습니다. 증명은 Discord나 Slack에서만 인정됩니다. 여기서는 연결된 상태 그대로 추천에 씁니다.',
  keeps: '여기서 한 일은 임의의 이름으로 7일 동안, 또는 /forget-me 전까지 보관됩니다.',
}

const ALL: Readonly<Record<Locale, PageWords>> = { en, ko }

export function pageWords(locale: Locale | undefined): PageWords {
  return ALL[locale ?? 'en']
}
