import type { NamedReason } from '../../recommend/answers.ts'
import type { Translated } from '../language.ts'
import { withParticle } from './particles.ts'
import { and, count, games, percent } from './text.ts'

const picks = (n: number) => `인디 게임 ${count(n)}개`

const named = (reasons: readonly NamedReason[]) =>
  reasons.map(({ name, share }) => `${name} (${percent(share)})`)

const VERDICTS = {
  overwhelming: '압도적으로 긍정적',
  very: '매우 긍정적',
  mostly: '대체로 긍정적',
  mixed: '복합적',
  negative: '대체로 부정적',
} as const

const SORTED = {
  acclaimed: '평가가 좋은 순',
  'hidden-gems': '숨은 명작',
  new: '최신순',
  popular: '인기순',
  'on-sale': '할인 중',
} as const

export const cards = {
  buttons: {
    back: '◀ 이전',
    on: '다음 ▶',
    share: '📣 공유',
    shareGame: '📣 이 게임 공유',
    takeBack: '🗑 공유 취소',
    like: '👍 좋아요',
    played: '🎮 해 봤어요',
    skip: '🙈 별로예요',
    more: '✨ 비슷한 게임',
    why: '❔ 추천 이유',
  },
  why: {
    head: (game) => `‘${game}’ 추천 이유`,
    share: ({ name, share, liked }) => `${liked ? '좋아하는' : '갖고 있는'} 게임 ${name}: ${percent(share)}`,
    meaning:
      '비율은 이 게임을 추천하게 된 이유 중에서 그 게임이 차지하는 몫이에요. 나머지는 비중이 더 작은 다른 게임들에서 왔어요.',
  },
  facts: {
    price: '가격',
    reviews: '평가',
    released: '출시일',
    developer: '개발사',
    tags: '태그',
    unknown: '알 수 없음',
    free: '무료',
    about: (price, told) => `${price} (약 ${told})`,
    reduced: (price, { told, percent: off, was }) =>
      `${price} (${told === undefined ? '' : `약 ${told}, `}−${off}%, 정가 ${was})`,
    noReviews: '아직 평가가 없어요',
    reviewed: (verdict, share, total) => {
      if (total === undefined) return verdict ? `${VERDICTS[verdict]} (${share})` : share
      const of = `평가 ${count(total)}개 중 ${share}`
      return verdict ? `${VERDICTS[verdict]} (${of})` : of
    },
    quarter: (quarter, year) => `${year}년 ${quarter}분기`,
    year: (year) => `${year}년`,
  },
  taste: {
    head: (n) => `${games(n)}에서 읽은 취향`,
    title: '게임 취향',
    kind: { tag: '돋보이는 태그', genre: '장르' },
    played: '플레이 시간 비율',
    owned: '보유 게임 비율',
    average: '평균 플레이어',
    bar: (share, average) => (average === undefined ? share : `${share} · 평균 ${average}`),
    spoken: (label, bars) => `${label}: ${bars.join(', ')}`,
    more: (labels) => `평균 플레이어보다 훨씬 좋아해요: ${labels.join(', ')}.`,
    counted: (known, all) => `${games(all)} 중 ${count(known)}개의 태그를 알고 있어요`,
  },
  page: {
    head: (about, n) => {
      switch (about.kind) {
        case 'recommend':
          return `${games(about.gamesRead)}를 보고 고른 ${picks(n)}`
        case 'liked':
          return `${withParticle(and(about.names), 'object')} 좋아하는 분께 고른 ${picks(n)}`
        case 'similar':
          return `${withParticle(about.name, 'and')} 비슷한 ${picks(n)}`
        case 'curate':
          return `${and(about.labels)}: ${games(n)}, ${SORTED[about.sort]}`
        case 'together':
          return `${count(about.players)}명이 함께 할 ${picks(n)}`
        case 'digest':
          return `이번 주의 ${picks(n)}${about.labels.length === 0 ? '' : `: ${and(about.labels)}`}`
      }
    },
    shared: (n) => `추천 ${picks(n)}`,
    libraryOf: (steamId) => `· ${steamId}의 라이브러리`,
    of: (page, pages) => `${count(pages)}쪽 중 ${count(page)}쪽`,
    poweredBySteam: 'Powered by Steam',
    stale: (ago) => `Steam이 응답하지 않아서 ${ago}의 라이브러리를 보여 드려요.`,
    playtimeHidden: '플레이 시간이 숨겨져 있어서 소유 여부만 반영했어요.',
    away: '추천 모델이 자리를 비워서, 태그가 비슷하고 평가가 좋은 게임을 보여 드려요.',
    noModel: '추천 모델이 아직 충분히 배우지 못해서, 태그가 비슷하고 평가가 좋은 게임을 보여 드려요.',
    unknownTaste: '추천 모델이 잘 모르는 취향이라, 태그가 비슷하고 평가가 좋은 게임을 보여 드려요.',
    because: (reasons) => {
      const shares = (liked: boolean) => and(named(reasons.filter((one) => (one.liked ?? false) === liked)))
      const [owned, liked] = [shares(false), shares(true)]
      if (liked === '') return `${owned} 게임을 갖고 있어서 골랐어요`
      return `${owned && `${owned} 게임을 갖고 있고 `}${liked} 게임을 좋아해서 골랐어요`
    },
    bothAre: (labels) => `둘 다 ${and(labels)} 태그가 달린 게임이에요`,
    samePlayers: '두 게임을 함께 가진 플레이어가 많아요',
    sameStudio: '같은 개발사가 만든 게임이에요',
    unproven: '조건에 맞는 게임 가운데 아직 평가가 좋은 게임이 없어서, 있는 게임을 보여 드려요.',
    notHidden: {
      'not-linked': (command) =>
        `가진 게임이 섞여 있을 수 있어요. ${command('link')} 명령으로 Steam 계정을 연결하시면 빼 드릴 수 있어요.`,
      unread: () => '지금은 Steam 라이브러리를 읽지 못해서 가진 게임이 섞여 있을 수 있어요.',
    },
    leftOut: (n) => `조건에 맞는지 알 수 없어서 ${games(n)}는 뺐어요.`,
    byTags: '태그가 비슷하고 평가가 좋아요',
    owned: '이미 갖고 있는 게임이에요',
    isNew: '새 게임: 아직 해 본 사람이 적어요',
  },
} satisfies Translated<'buttons' | 'why' | 'facts' | 'taste' | 'page'>
