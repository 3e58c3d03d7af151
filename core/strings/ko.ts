import type { ExampleWanted } from '../commands/example.ts'
import type { NamedReason } from '../recommend/answers.ts'
import { clip, createFormats } from './formats.ts'
import type { Language } from './language.ts'
import { particleAfter, withParticle } from './particles.ts'
import type { Shown } from './shown.ts'

const format = createFormats('ko-KR')
const { count, percent, or, and } = format

const games = (n: number) => `게임 ${count(n)}개`
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

const suchAs = (wanted: ExampleWanted, { example }: Shown) => {
  const typed = example(wanted)
  return typed === undefined ? '' : ` 예: ${typed}`
}

const noSteamKey = ({ example }: Shown) => {
  const typed = example({ command: 'recommend', option: 'like' })
  return `이 봇에는 아직 Steam 키가 없어서 Steam 라이브러리를 읽을 수 없어요. 대신 좋아하는 게임을 세 개까지 알려 주세요.${typed === undefined ? '' : ` 예: ${typed}`}`
}

const STEAM_ID = 'Steam ID, 프로필 링크, 사용자 지정 이름 또는 친구 코드'
const COUNT = '게임 수(1~20). 정하지 않으면 10개예요'
const GENRE = '이 장르, 태그 또는 분류의 게임만. 여러 개는 쉼표로 나눠 주세요'
const MAX_PRICE = '최고 가격(여기서 정한 통화, 정하지 않았으면 미국 달러). 0이면 무료 게임만 보여 드려요'
const PLATFORM = '이 플랫폼에서 실행된다고 알려진 게임만'
const LANGUAGE = '이 언어를 지원한다고 알려진 게임만(예: Korean)'
const EXCLUDE = '이 장르, 태그 또는 분류의 게임은 빼요. 여러 개는 쉼표로 나눠 주세요'

const ON_DIGEST = { number: '목록에 있는 번호. 정하지 않으면 이 채널의 것이에요' }

const PAUSES = {
  'by-hand': '누군가가 멈췄어요',
  'no-channel': '채널이 없어졌어요',
  'no-access': '제가 채널을 볼 수 없어요. 저를 초대해 주세요',
  'no-permission': '제가 글을 올릴 수 없어요. 채널 보기, 메시지 보내기, 링크 첨부, 파일 첨부 권한을 주세요',
  archived: '채널이나 스레드가 보관됐어요',
  'app-removed': '앱이 삭제됐어요',
  'missing-scope': '앱에 글을 올리는 데 필요한 권한 범위가 없어요. 앱을 다시 설치해 주세요',
} as const

export const ko: Language = {
  format,
  locale: 'ko',
  language: '한국어',
  commands: {
    recommend: {
      description: 'Steam 라이브러리를 보고 인디 게임을 골라 드려요',
      options: {
        steam_id: `${STEAM_ID}. 없으면 연결된 계정을 써요`,
        like: 'Steam ID 대신 좋아하는 게임을 세 개까지. 사이에 ;을 넣어 주세요',
        genre: GENRE,
        exclude: EXCLUDE,
        max_price: MAX_PRICE,
        discovery: '모두가 하는 게임부터 숨은 명작까지',
        age: '출시된 지 얼마나 된 게임까지 볼까요',
        on_sale: '할인 중인 게임만',
        platform: PLATFORM,
        language: LANGUAGE,
        count: COUNT,
      },
    },
    curate: {
      description: '장르, 태그 또는 분류에서 가장 좋은 인디 게임을 보여 드려요',
      options: {
        genre: '장르, 태그 또는 분류. 쉼표로 나누면 모두 맞는 게임만 보여 드려요',
        exclude: EXCLUDE,
        max_price: MAX_PRICE,
        platform: PLATFORM,
        language: LANGUAGE,
        min_reviews: '평가가 이 개수 이상인 게임만',
        min_positive: '긍정적인 평가가 이 비율(%) 이상인 게임만',
        sort: '정렬 순서. 정하지 않으면 평가가 좋은 순이에요',
        hide_owned: '연결된 계정이 가진 게임은 빼요',
        count: COUNT,
      },
    },
    similar: {
      description: '알고 있는 게임과 비슷한 인디 게임을 찾아 드려요',
      options: { game: '게임 이름', count: COUNT },
    },
    together: {
      description: '최대 여덟 명이 함께 할, 아무도 갖고 있지 않은 인디 게임을 골라 드려요',
      options: {
        players: 'Steam ID 또는 계정을 연결한 멤버의 멘션. 사이에 공백을 넣어 주세요',
        count: COUNT,
      },
    },
    taste: {
      description: '플레이어의 취향을 그림으로 보여 드려요',
      options: { steam_id: `${STEAM_ID}. 없으면 연결된 계정을 써요` },
    },
    link: {
      description: '내 Steam 계정을 연결해요. 다음부터 입력하지 않아도 돼요',
      options: { steam_id: STEAM_ID },
    },
    unlink: { description: 'Steam 계정 연결을 끊어요', options: {} },
    privacy: {
      description: '나에 대해 무엇을 왜 저장하는지 알려 드려요',
      options: {
        community: '이 커뮤니티의 다이제스트 추천에 내 게임을 이름 없이 반영할까요',
        training: '추천 모델이 내 게임과 의견을 이름 없이 학습해도 될까요',
      },
    },
    export: { description: '나에 대해 저장된 모든 것을 파일로 받아요', options: {} },
    'forget-me': { description: '나에 대해 저장된 모든 것을 지워요', options: {} },
    settings: {
      description: '내 언어와 이곳 관리자가 정한 설정을 보고 바꿔요',
      options: {
        language: '제가 답할 때 쓸 언어',
        server_language: '관리자용: 언어를 알 수 없는 분께 쓸 언어',
        currency: '관리자용: 이곳에서 쓸 통화(예: KRW). none이면 정한 통화를 지워요',
        mature: '관리자용: 이곳에 성인용 게임을 보여 줄지 정해요',
        block: '관리자용: 이곳에 보여 주지 않을 게임의 이름이나 상점 링크. 사이에 ;을 넣어 주세요',
        unblock: '관리자용: 다시 보여 줄 게임. 사이에 ;을 넣어 주세요',
        channels: '관리자용: 명령을 쓸 수 있는 채널(#하나 #둘, here 또는 all)',
      },
    },
    help: {
      description: '무엇을 할 수 있는지 알려 드려요',
      options: { command: '설명할 명령어 하나, 예를 들어 curate' },
    },
    'digest subscribe': {
      description: '이 채널에 매주 다이제스트를 올려요',
      options: {
        day: '요일. 정하지 않으면 월요일이에요',
        time: '시각(예: 18:00). 정하지 않으면 18:00이에요',
        timezone: '기준 시간대(예: Asia/Seoul)',
        genre: GENRE,
        count: '게임 수(1~10). 정하지 않으면 5개예요',
        language: '다이제스트의 언어. 정하지 않으면 내 언어예요',
        mention: '알림을 보낼 대상: @here, @everyone 또는 역할',
      },
    },
    'digest list': {
      description: '이 서버나 워크스페이스의 다이제스트와 지난 결과를 보여 드려요',
      options: {},
    },
    'digest preview': { description: '지금 올린다면 어떤 내용일지 나에게만 보여 드려요', options: ON_DIGEST },
    'digest now': { description: '다이제스트를 지금 올려요', options: ON_DIGEST },
    'digest pause': { description: '다시 시작할 때까지 다이제스트를 멈춰요', options: ON_DIGEST },
    'digest resume': { description: '멈춘 다이제스트를 다시 시작해요', options: ON_DIGEST },
    'digest remove': { description: '다이제스트를 없애요', options: ON_DIGEST },
  },
  groups: { digest: '매주 채널에 올라오는 인디 게임 다이제스트' },
  choices: {
    day: {
      monday: '월요일',
      tuesday: '화요일',
      wednesday: '수요일',
      thursday: '목요일',
      friday: '금요일',
      saturday: '토요일',
      sunday: '일요일',
    },
    discovery: {
      popular: '인기 게임',
      balanced: '골고루',
      adventurous: '모험적으로',
      'hidden-gems': '숨은 명작',
    },
    age: {
      all: '전체',
      'five-years': '최근 5년',
      'two-years': '최근 2년',
      'this-year': '올해',
    },
    sort: {
      acclaimed: '평가가 좋은 순',
      'hidden-gems': '숨은 명작',
      new: '최신순',
      popular: '인기순',
      'on-sale': '할인 중',
    },
    platform: { windows: 'Windows', mac: 'macOS', linux: 'Linux' },
    language: { en: 'English', ko: '한국어' },
    server_language: { en: 'English', ko: '한국어', none: '정하지 않음' },
  },
  problems: {
    'no-such-command': ({ asked }, command) =>
      `/${clip(asked, 40)} 명령은 없어요. ${command('help')} 명령으로 무엇이 있는지 볼 수 있어요.`,
    'no-such-option': ({ command, asked, names, example }, typed, shown) =>
      names.length === 0
        ? `${typed(command)} 명령에는 옵션이 없어요.${suchAs(example, shown)}`
        : `${typed(command)} 명령에는 “${clip(asked, 40)}” 옵션이 없어요. 쓸 수 있는 옵션: ${names.join(', ')}.${suchAs(example, shown)}`,
    'missing-option': ({ option, example }, _command, shown) =>
      `${option} 값이 필요해요.${suchAs(example, shown)}`,
    'too-long': ({ option, most, example }, _command, shown) =>
      `${option} 값이 너무 길어요. ${count(most)}자까지 쓸 수 있어요.${suchAs(example, shown)}`,
    'bad-number': ({ option, whole, min, max, example }, _command, shown) =>
      `${option} 값은 ${count(min)}부터 ${count(max)}까지의 ${whole ? '정수' : '숫자'}여야 해요.${suchAs(example, shown)}`,
    'no-such-choice': ({ option, choices, example }, _command, shown) =>
      `${option} 값은 다음 중 하나여야 해요: ${choices.join(', ')}.${suchAs(example, shown)}`,
    'bad-steam-id': ({ asked }, _command, shown) =>
      `“${clip(asked, 60)}”${particleAfter(asked, 'topic')} Steam ID가 아니에요. ${
        shown.examples.hasSteam
          ? 'https://steamcommunity.com/id/gabelogannewell 같은 프로필 링크나 76561197960287930 같은 숫자를 붙여 넣어 주세요.'
          : noSteamKey(shown)
      }`,
    'no-profile': () =>
      'Steam에 그런 프로필이 없어요. 철자를 확인하거나 프로필 페이지의 링크를 붙여 넣어 주세요.',
    'private-profile': () =>
      '이 Steam 프로필은 비공개예요. 본인이 공개할 수 있어요: Steam → 프로필 → 프로필 편집 → 개인정보 설정 → 내 프로필과 게임 세부 정보: 공개. 반영되는 데 1분쯤 걸려요.',
    'hidden-games': () =>
      '이 프로필은 게임을 숨기고 있어요. 본인이 공개할 수 있어요: Steam → 프로필 → 프로필 편집 → 개인정보 설정 → 게임 세부 정보: 공개. 반영되는 데 1분쯤 걸려요.',
    'empty-library': () => '라이브러리에 아직 게임이 없어서 취향을 알 수 없어요. 다른 Steam ID로 해 보세요.',
    'not-linked': (_problem, command, shown) => {
      if (!shown.examples.hasSteam) return noSteamKey(shown)
      return `누구의 게임을 볼까요? Steam ID를 입력하거나, ${command('link')} 명령으로 계정을 한 번 연결하거나, 좋아하는 게임을 알려 주세요.${suchAs({ command: 'recommend', option: 'like' }, shown)}`
    },
    'unknown-genre': ({ asked, near }, _command, { examples }) =>
      near.length === 0
        ? `“${clip(asked, 60)}” 태그가 있는 게임이 없어요. ${examples.labels.length === 0 ? '다른' : `${examples.labels.join(', ')} 같은`} 장르나 태그로 해 보세요.`
        : `“${clip(asked, 60)}” 태그가 있는 게임이 없어요. 혹시 ${or(near)}인가요?`,
    'mature-off': ({ asked }, command) =>
      `“${clip(asked, 60)}”${particleAfter(asked, 'topic')} 성인 게임이라 여기서는 보여 드리지 않아요. 서버나 워크스페이스 관리자가 ${command('settings', { mature: 'yes' })}로 허용할 수 있어요. Discord에서는 연령 제한 채널에만 나오고, 다이렉트 메시지에는 나오지 않아요.`,
    'too-many-liked': ({ most }) => `좋아하는 게임은 ${count(most)}개까지만, 사이에 ;을 넣어 적어 주세요.`,
    'unknown-game': ({ asked, near }) =>
      near.length === 0
        ? `“${clip(asked, 60)}”${particleAfter(asked, 'named')} 게임을 찾지 못했어요. 철자를 확인하거나 상점 페이지 링크를 붙여 넣어 주세요.`
        : `“${clip(asked, 60)}”${particleAfter(asked, 'named')} 게임을 찾지 못했어요. 혹시 ${or(near.map(({ name }) => name))}인가요?`,
    'several-games': ({ asked, games: called }) =>
      `“${clip(asked, 60)}”${particleAfter(asked, 'named')} 게임이 여러 개 있어요. 원하는 게임의 번호를 적어 주세요: ${called
        .map(({ game, about }) => `${game}${about.length === 0 ? '' : ` (${about.join(', ')})`}`)
        .join(', ')}.`,
    'unknown-language': ({ asked, near }) =>
      `“${clip(asked, 40)}” 언어는 몰라요. ${near.length === 0 ? 'Korean처럼 영어 이름으로 해 보세요.' : `혹시 ${or(near)}인가요?`}`,
    'unknown-currency': ({ asked, near }) =>
      `“${clip(asked, 40)}”의 환율은 몰라요. ${near.length === 0 ? 'EUR처럼 세 글자 코드로 해 보세요.' : `혹시 ${or(near)}인가요?`}`,
    'no-rates': ({ asked }) =>
      `불러온 환율이 없어서 가격을 “${clip(asked, 40)}” 기준으로 보여 드릴 수 없어요. 이 봇의 운영자가 npm run import -- rates <파일 또는 URL> 명령으로 환율을 불러올 수 있어요.`,
    'nothing-left': ({ filters, relax }) => {
      if (filters.length === 0)
        return '고를 게임이 남지 않았어요. 제가 아는 인디 게임을 모두 갖고 있거나 여기서 막혀 있어요.'
      const ways = relax.map(({ how, filter, games: n }) => {
        switch (how) {
          case 'with':
            return `${filter} 조건이면 ${games(n)}가 있어요`
          case 'only':
            return `하나만 빼서는 안 되지만 ${filter} 조건만 두면 ${games(n)}가 있어요`
          case 'reordered':
            return `다르게 정렬하면 ${games(n)}가 있어요`
        }
        return `${filter} 조건을 빼면 ${games(n)}가 있어요`
      })
      return `조건에 맞는 인디 게임이 없어요: ${filters.join(', ')}.${ways.length === 0 ? '' : ` ${ways.join(', ')}.`}`
    },
    'no-games': () =>
      '여기에는 아직 인디 게임이 없어요. 이 봇의 운영자가 npm run import -- games <파일 또는 URL> 명령으로 불러올 수 있어요.',
    'too-many-players': ({ asked, most }) =>
      `${count(asked)}명은 너무 많아요. 한 번에 ${count(most)}명까지 골라 드릴 수 있어요.`,
    'too-few-players': ({ found, leftOut }) =>
      leftOut
        ? `게임 목록을 볼 수 있는 플레이어가 두 명은 있어야 해요. 지금은 ${found === 0 ? '한 명도 없어요' : '한 명뿐이에요'}.`
        : '서로 다른 플레이어가 두 명 이상 필요해요. Steam ID를 입력하거나, 계정을 연결하고 인증한 멤버를 멘션해 주세요.',
    'no-community': () =>
      '커뮤니티 추천은 서버나 워크스페이스에 있어요. 다이렉트 메시지가 아니라 그곳에서 이 명령을 써 주세요.',
    'prove-first': (_problem, command) =>
      `본인 것으로 인증한 계정의 게임만 쓸 수 있어요. ${command('link')} 명령으로 인증 방법을 볼 수 있어요.`,
    'no-taste': () => '라이브러리에 태그를 아는 게임이 없어서 취향을 그릴 수 없어요.',
    'answer-gone': () => '너무 오래된 추천이라 넘겨 볼 수 없어요. 다시 요청해 주세요.',
    'not-yours': (_problem, command) =>
      `다른 분의 추천이에요. ${command('recommend')} 명령으로 내 추천을 받아 보세요.`,
    'already-shared': ({ shared }) =>
      `이미 공유한 ${shared === 'page' ? '추천' : '게임'}이에요. 올린 글의 공유를 먼저 취소하거나 새로 요청해 주세요.`,
    'not-your-share': () => '다른 분이 공유한 글이라 그분만 취소할 수 있어요.',
    'sharer-unknown': () =>
      '누가 공유한 글인지 더 이상 알 수 없어서 취소할 수 없어요. 여기서 메시지를 삭제할 수 있는 분께 부탁해 주세요.',
    'account-taken': () =>
      '다른 분이 이미 본인 계정으로 인증한 Steam 계정이에요. 다른 플랫폼에서 직접 연결하셨다면 그쪽에서 먼저 연결을 끊어 주세요.',
    'unlink-first': ({ steamId }, command) =>
      `이미 인증을 마친 ${steamId} 계정이 연결되어 있어요. 다른 계정을 연결하려면 먼저 ${command('unlink')} 명령으로 연결을 끊어 주세요.`,
    'code-expired': (_, command) =>
      `인증할 수 있는 시간이 지났어요. ${command('link')} 명령을 다시 입력해 새로 받아 주세요.`,
    'digest-elsewhere': () =>
      '다이제스트는 서버나 워크스페이스의 채널에 올라와요. 그런 채널에서 이 명령을 써 주세요.',
    'digest-for-managers': ({ of }) =>
      of === 'server'
        ? '다이제스트는 이 서버나 채널을 관리할 수 있는 분(서버 관리하기 또는 채널 관리하기 권한)만 정할 수 있어요.'
        : '다이제스트는 이 워크스페이스의 관리자와 소유자만 정할 수 있어요.',
    'bad-time': ({ asked }) =>
      `“${clip(asked, 20)}”${particleAfter(asked, 'topic')} 시각이 아니에요. 18:00이나 9:30처럼 적어 주세요.`,
    'unknown-timezone': ({ asked, near }) =>
      near.length === 0
        ? `“${clip(asked, 40)}” 시간대는 없어요. Asia/Seoul이나 America/New_York처럼 도시 이름으로 적어 주세요.`
        : `“${clip(asked, 40)}” 시간대는 없어요. 혹시 ${or(near)}인가요?`,
    'bad-mention': ({ asked }) =>
      `“${clip(asked, 40)}”에게는 다이제스트가 알림을 보낼 수 없어요. @here, @everyone 또는 역할 멘션을 적어 주세요.`,
    'may-not-mention': () =>
      '여기서 모두에게 알림을 보낼 권한이 없으셔서 다이제스트도 대신 보낼 수 없어요. ‘모두 멘션하기’ 권한이 필요해요.',
    'we-may-not-mention': () =>
      '아직 여기서 알림을 보낼 수 없어요. 채널 편집 → 권한에서 제게 ‘@everyone, @here, 모든 역할 멘션하기’를 허용하거나 누구나 멘션할 수 있는 역할로 바꾼 뒤 다시 해 주세요.',
    'cannot-post-here': ({ permissions }) =>
      `이 채널에 글을 올릴 수 없어요. 필요한 권한: ${permissions.join(', ')}. 채널 편집 → 권한에서 허용한 뒤 다시 해 주세요.`,
    'too-many-digests': ({ most }, command) =>
      `여기에는 이미 다이제스트가 ${count(most)}개 있어서 더 만들 수 없어요. ${command('digest remove')} 명령으로 하나를 없앨 수 있어요.`,
    'no-digest': ({ number }, command) =>
      number === undefined
        ? `이 채널에는 다이제스트가 없어요. ${command('digest subscribe')} 명령으로 만들 수 있고, 다른 채널의 것은 ${command('digest list')} 명령으로 볼 수 있어요.`
        : `${count(number)}번 다이제스트는 없어요. ${command('digest list')} 명령으로 무엇이 있는지 볼 수 있어요.`,
    'which-digest': ({ numbers }) =>
      `이 채널에는 다이제스트가 여러 개 있어요. 번호를 골라 주세요: ${numbers.join(', ')}.`,
    'asked-just-now': () => '방금 전에 이미 요청하신 다이제스트예요.',
    'too-fast': ({ seconds }) => `조금 빨라요! ${count(seconds)}초 뒤에 다시 요청해 주세요.`,
    'no-place': () =>
      '서버나 워크스페이스의 설정이에요. 저를 설치한 서버나 워크스페이스의 채널에서 입력해 주세요.',
    'managers-only': ({ of }) =>
      of === 'server'
        ? '이 서버의 설정은 “서버 관리하기”(Manage Server) 권한이 있는 멤버만 바꿀 수 있어요.'
        : '이 워크스페이스의 설정은 워크스페이스 관리자나 소유자만 바꿀 수 있어요.',
    'managers-unknown': ({ of }) =>
      of === 'server'
        ? '“서버 관리하기”(Manage Server) 권한이 있는지 Discord가 알려 주지 않아서 아무것도 바꾸지 않았어요. 잠시 뒤에 다시 시도해 주세요.'
        : '워크스페이스 관리자나 소유자인지 Slack이 알려 주지 않아서 아무것도 바꾸지 않았어요. 잠시 뒤에 다시 시도해 주세요.',
    'no-channel': ({ asked, example }, _command, shown) =>
      `“${clip(asked, 60)}”${particleAfter(asked, 'topic')} 채널이 아니에요. #을 입력하고 목록에서 채널을 고르거나, here 또는 all이라고 적어 주세요.${suchAs(example, shown)}`,
    'foreign-channel': ({ asked }) =>
      `이 서버에는 명령을 쓸 수 있는 ${clip(asked, 60)} 채널이 없어요. #을 입력하고 목록에서 골라 주세요.`,
    'too-many-channels': ({ most }) => `채널은 ${count(most)}개까지만 정할 수 있어요.`,
    'too-many-blocked': ({ most }) =>
      `이곳에서 막을 수 있는 게임은 ${count(most)}개까지라서 아무것도 바꾸지 않았어요. 먼저 몇 개를 풀어 주세요.`,
  },
  noSteamKey,
  failures: {
    ours: (reference) =>
      `저희 쪽에 문제가 생겼어요. 운영자가 확인할 수 있어요. 다시 시도해 주세요. (참조 번호 ${reference})`,
    steam: (reference) => `Steam이 응답하지 않아요. 몇 분 뒤에 다시 시도해 주세요. (참조 번호 ${reference})`,
    'steam-key': (reference) =>
      `Steam이 이 봇의 키를 받아 주지 않아서, 운영자가 새 키를 넣을 때까지 Steam 라이브러리를 읽을 수 없어요. 좋아하는 게임을 알려 주시면 추천해 드릴 수 있어요. (참조 번호 ${reference})`,
    model: (reference) =>
      `추천 모델이 아직 충분히 배우지 못했어요. 나중에 다시 시도해 주세요. (참조 번호 ${reference})`,
    inference: (reference) =>
      `이 봇의 일부가 다시 시작하고 있어요. 1분 뒤에 다시 시도해 주세요. (참조 번호 ${reference})`,
    database: (reference) =>
      `이 봇의 일부가 다시 시작하고 있어요. 1분 뒤에 다시 시도해 주세요. (참조 번호 ${reference})`,
  },
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
  notices: {
    guessed: (asked, name) => `“${clip(asked, 60)}”에 가장 가까운 ‘${clip(name, 80)}’ 게임으로 찾았어요.`,
    orMeant: (typed) => `혹시 ${typed}인가요?`,
    namesake: (name, typed) => `이름이 같은 게임 ‘${clip(name, 80)}’도 있어요: ${typed}.`,
    profileCalled: (name, typed) =>
      `“${clip(name, 40)}”${particleAfter(name, 'named')} Steam 프로필의 라이브러리예요. 그게 아니라면 ${typed}처럼 적어 보세요.`,
    fileByMessage: '다이렉트 메시지로 보내 드렸어요.',
    fileNotSent: (reference) =>
      `파일을 보내지 못했어요. 이 봇에 files:write와 im:write 권한이 필요할 수 있어요. (참조 번호 ${reference})`,
    oldButton: '이 봇의 다른 버전에서 만든 버튼이에요. 다시 요청해 주세요.',
    notPosted: (platform, reference) =>
      `${platform}에 올리지 못했어요. 공유를 다시 눌러 주세요. (참조 번호 ${reference})`,
    mayNotPost: (permissions, reference) =>
      `이 봇은 이 채널에 글을 올릴 수 없어요. 다음 권한이 필요해요: ${permissions.join(', ')}. 관리자처럼 권한을 관리할 수 있는 분이 채널 편집 → 권한에서 허용해 주실 수 있어요. 그다음 공유를 다시 눌러 주세요. (참조 번호 ${reference})`,
    notInvited: (reference) =>
      `앱이 이 채널에 없어서 Slack에 글을 올리지 못했어요. 여기에 /invite @Indiescout 명령을 입력해 초대한 다음 공유를 다시 눌러 주세요. (참조 번호 ${reference})`,
    postingRestricted: (reference) =>
      `이 채널의 규칙 때문에 앱이 글을 올릴 수 없어요. 워크스페이스 소유자나 관리자가 채널 이름 → 설정 → 게시 권한에서 바꿀 수 있어요. 그다음 공유를 다시 눌러 주세요. (참조 번호 ${reference})`,
    archived: (reference) =>
      `보관된 채널이나 스레드라서 글을 올릴 수 없어요. 관리하는 분이 다시 열어 주시거나, 다른 곳에서 요청해 주세요. (참조 번호 ${reference})`,
    takenBack: '공유를 취소했어요. 올린 글을 지웠고, 원하시면 다시 공유할 수 있어요.',
    notTakenBack: (platform, reference) =>
      `${platform}에서 글을 지우지 못했어요. 잠시 뒤 버튼을 다시 누르거나, 여기서 메시지를 삭제할 수 있는 분께 부탁해 주세요. (참조 번호 ${reference})`,
  },
  settings: {
    shown: (language, command) =>
      `지금은 ${language}로 답해 드리고 있어요. 바꾸려면: ${command('settings', { language: 'en' })}`,
    saved: (language) => `이제부터 ${language}로 답해 드릴게요.`,
    head: (of) => `내 설정과 이 ${of === 'server' ? '서버' : '워크스페이스'}의 설정`,
    savedHere: '저장했어요. 지금은 이렇게 정해져 있어요:',
    placeLanguage: (language, of) =>
      language === undefined
        ? `${of === 'server' ? '서버' : '워크스페이스'} 언어: 정하지 않았어요. 언어를 알 수 없는 분께는 영어로 답해요.`
        : `${of === 'server' ? '서버' : '워크스페이스'} 언어: ${language}. 언어를 알 수 없는 분께, 그리고 모두가 보는 글에 써요.`,
    currency: (code, told) => {
      if (code === undefined) return '통화: 정하지 않았어요. 가격은 미국 달러로 보여 드려요.'
      return told
        ? `통화: ${format.currency(code)}. 가격마다 이 통화로 대략 얼마인지 함께 보여 드리고, 최고 가격도 이 통화로 입력받아요.`
        : `통화: ${format.currency(code)}. 지금은 이 통화의 환율이 없어서 가격을 미국 달러로 보여 드려요.`
    },
    mature: {
      nowhere: '성인용 게임: 이곳에는 보여 주지 않아요.',
      server: '성인용 게임: 연령 제한 채널에서만 보여 줘요.',
      workspace: '성인용 게임: 보여 줘요.',
    },
    anywhere: '채널: 모든 채널에서 명령을 쓸 수 있어요.',
    onlyIn: '채널: 다음 채널에서만 명령을 쓸 수 있어요:',
    noneBlocked: '막은 게임: 없어요.',
    blocked: (n) => `막은 게임 (${count(n)}개):`,
    more: (n) => `외 ${count(n)}개`,
    howTo: (command, of) =>
      `내 언어를 뺀 나머지는 ${of === 'server' ? '“서버 관리하기”(Manage Server) 권한이 있는 멤버' : '워크스페이스 관리자나 소유자'}가 ${command} 명령의 server_language, currency, mature, block, unblock, channels 옵션으로 바꿀 수 있어요.`,
    elsewhere: '이 채널에서는 그 명령을 쓸 수 없어요.',
    insteadIn: '다음 채널에서 써 주세요:',
  },
  help: {
    head: '나와 친구들을 위한 인디 게임',
    foot: '공유하기 전까지 답은 나에게만 보여요. Powered by Steam',
    example: (example) => `예: ${example}`,
    umbrella: '도움말, 언어, Steam 계정, 내 데이터',
  },
  subscriptions: {
    made: (number, n, labels) =>
      `${count(number)}번 다이제스트를 만들었어요. 매주 이 채널에 ${labels.length === 0 ? '' : `${and(labels)} `}${games(n)}를 올려 드려요.`,
    when: (day, time, timezone) => `매주 ${ko.choices.day[day]} ${time} (${timezone})`,
    next: (times) => `다음 세 번: ${times.join(' · ')}`,
    blind:
      '여기에 올라온 글을 제가 읽을 수 없어요(메시지 기록 보기). 그래서 장애 뒤에 올라갔는지 알 수 없는 다이제스트는 두 번 올리지 않도록 올리지 않고 둬요.',
    head: (n) => `다이제스트 ${count(n)}개`,
    none: (command) => `아직 다이제스트가 없어요. ${command('digest subscribe')} 명령으로 만들 수 있어요.`,
    what: (n, labels) => `${labels.length === 0 ? '' : `${and(labels)} `}${games(n)}`,
    nextAt: (time) => `다음 ${time}`,
    paused: (why, day) => `${day}부터 멈춤: ${PAUSES[why]}`,
    last: (day, how) => `지난번 ${day}: ${how}`,
    outcome: {
      due: '올리는 중이에요',
      posting: '올리는 중이에요',
      posted: '올렸어요',
      empty: '올리지 않았어요',
      skipped: '올리지 못했어요',
      refused: '올리지 못했어요',
      dead: '올리지 못했어요',
      uncertain: '올라갔는지 알 수 없어요',
    },
    note: {
      'nothing-new': '지난 12주 동안 이 채널에 소개하지 않은 게임이 없었어요',
      'was-away': '제가 너무 오래 자리를 비웠어요',
      'gave-up': '플랫폼이 너무 오래 받아 주지 않았어요',
      'cannot-tell': '연결이 끊겼는데, 올라갔는지 제가 볼 수 없어요. 두 번 올리지는 않아요',
      'our-fault': '저희 쪽에 문제가 있었어요. 운영자가 확인할 수 있어요',
      ...PAUSES,
    },
    untold: '저절로 멈춘 다이제스트예요:',
    pausedNow: (number, why, command) =>
      `${count(number)}번 다이제스트가 멈췄어요. 이유: ${PAUSES[why]}. ${command('digest resume')} 명령으로 다시 시작할 수 있어요.`,
    onItsWay: (number) => `${count(number)}번 다이제스트를 올리고 있어요.`,
    pausedByHand: (number, command) =>
      `${count(number)}번 다이제스트를 멈췄어요. ${command('digest resume')} 명령으로 다시 시작할 수 있어요.`,
    resumed: (number, time) => `${count(number)}번 다이제스트를 다시 시작했어요. 다음은 ${time}이에요.`,
    removed: (number) => `${count(number)}번 다이제스트를 없앴어요.`,
  },
  account: {
    linked: (steamId) => `Steam 계정 ${withParticle(steamId, 'object')} 연결했어요.`,
    unproven:
      '이제 내 추천에 이 계정을 써요. 본인 계정임을 인증해 주세요. 인증하지 않으면 30일 뒤에 연결이 사라지고, 다른 분도 이 계정을 연결할 수 있어요.',
    signIn: 'Steam에 로그인해서 인증하기',
    signInNote: (minutes) =>
      `나만 쓸 수 있는 주소이고 ${minutes}분 동안 유효해요. 비밀번호는 Steam에만 입력해요.`,
    code: (code, minutes) =>
      `인증하려면 Steam 프로필 이름(Steam → 프로필 → 프로필 편집 → 일반)에 코드(${code})를 넣고, ${minutes}분 안에 버튼을 눌러 주세요. 인증이 끝나면 이름을 되돌려도 돼요.`,
    check: '🔎 이름 확인하기',
    notInName: (code, name) =>
      `지금 프로필 이름은 “${clip(name, 40)}”이고, 코드(${code})가 보이지 않아요. 새 이름이 반영되는 데 1분쯤 걸릴 수 있으니 잠시 뒤 다시 눌러 주세요.`,
    proven: (steamId) =>
      `인증했어요. ${withParticle(steamId, 'topic')} 본인 계정이에요. 이제 프로필 이름을 되돌려도 돼요.`,
    alreadyProven: (steamId) => `${withParticle(steamId, 'topic')} 이미 연결하고 인증한 계정이에요.`,
    unlinked: 'Steam 계정 연결을 끊었어요.',
    notLinked: '연결된 Steam 계정이 없어요.',
  },
  privacy: {
    head: '저장하고 있는 내 정보와 그 이유',
    noLink:
      'Steam 계정: 연결된 계정이 없어요. 입력하신 Steam ID는 답하는 데만 쓰고, 누가 입력했는지는 저장하지 않아요.',
    provenLink: (steamId, day, command) =>
      `Steam 계정: ${steamId} (${day}부터 연결, 인증 완료). 매번 입력하지 않아도 되도록 저장해요. ${command('unlink')} 명령으로 끊을 때까지 남아 있어요.`,
    unprovenLink: (steamId, lastDay, command) =>
      `Steam 계정: ${steamId} (연결했지만 인증 전). 내 추천에만 써요. ${lastDay}까지, 또는 ${command('unlink')} 명령으로 끊을 때까지 남아 있어요.`,
    locale: (language) =>
      language === undefined ? '언어: 정하지 않았어요.' : `언어: ${language}. 직접 고르신 언어예요.`,
    opinions: (n, presses, days) =>
      `의견: ${games(n)}. 취향에 맞게 추천하려고 저장하고, 취소할 때까지 남아 있어요. 버튼을 누른 기록 ${count(presses)}건은 추천 품질을 재는 데 쓰고 ${count(days)}일 뒤에 지워요.`,
    answers: (n, days) =>
      `추천 결과와 그중 공유한 것: ${count(n)}건. 버튼이 계속 작동하고 같은 추천이 되풀이되지 않도록 저장하고 ${count(days)}일 뒤에 지워요.`,
    commands: (n, days) =>
      `명령 기록: ${count(n)}건. 언제 어떤 명령이 어떻게 처리됐는지만 남기고, 입력하신 내용은 남기지 않아요. ${count(days)}일 뒤에 지워요.`,
    library: ({ agreed, lastDay, days }) => {
      if (agreed)
        return lastDay === undefined
          ? `라이브러리: 학습에 동의하셨으므로 Steam이 알려 주는 내 게임 목록을 매주 가져와요. 마지막 목록만 최대 ${count(days)}일 동안 보관해요.`
          : `라이브러리: Steam이 알려 준 내 게임 목록이에요. Steam이 응답하지 않을 때를 위해, 그리고 동의하신 학습을 위해 보관해요. 매주 새 목록으로 바뀌고, 이 목록은 늦어도 ${lastDay}까지만 보관해요.`
      return lastDay === undefined
        ? `라이브러리: Steam이 알려 준 게임 목록은 Steam이 응답하지 않을 때를 위해 ${count(days)}일 동안 보관하고, 누가 요청했는지는 저장하지 않아요.`
        : `라이브러리: Steam이 알려 준 내 게임 목록이에요. Steam이 응답하지 않을 때를 위해 ${lastDay}까지 보관해요.`
    },
    digests: (n) =>
      `다이제스트: 직접 만든 ${count(n)}개. 멈추면 알려 드리려고 누가 만들었는지 저장하고, 없앨 때까지 남아 있어요.`,
    community: (agreed, command) =>
      agreed
        ? `커뮤니티: 이곳의 주간 다이제스트 추천에 내 게임이 이름 없이 반영돼요. ${command('privacy', { community: 'no' })} 명령으로 취소할 수 있어요.`
        : `커뮤니티: 이곳의 주간 다이제스트 추천에 내 게임은 반영되지 않아요. ${command('privacy', { community: 'yes' })} 명령으로 이름 없이 반영할 수 있어요.`,
    training: (agreed, n, command) =>
      agreed
        ? `학습: 추천 모델이 내 게임과, 좋아하거나 해 봤다고 한 게임을 이름 없이 학습해요. 지금은 ${count(n)}개예요. ${command('privacy', { training: 'no' })} 명령으로 바로 빼고, 다음 모델부터는 쓰지 않아요.`
        : `학습: 추천 모델이 내 게임을 학습하는 데 동의하지 않았어요.${n === 0 ? '' : ` 파일에서 가져온 내 계정의 게임 ${count(n)}개는 ${command('privacy', { training: 'no' })} 명령으로 뺄 수 있어요.`} ${command('privacy', { training: 'yes' })} 명령으로 이름 없이 학습하게 할 수 있어요.`,
    rest: (command) =>
      `서버나 워크스페이스는 관리자가 정한 설정만 저장하고, 앱을 제거하면 지워요. Slack 워크스페이스라면 그곳 멤버의 정보도 모두 지워요. 메시지는 읽지 않아요. ${command('export')} 명령으로 모두 파일로 받을 수 있고, ${command('forget-me')} 명령으로 모두 지울 수 있어요.`,
    exported: '저장된 내 정보를 모두 담은 파일이에요.',
    forgetAsk: (command) =>
      `연결된 계정, 설정, 의견, 추천 결과, 명령 기록을 모두 지우고 되돌릴 수 없어요. 먼저 ${command('export')} 명령으로 사본을 받을 수 있어요. 공유한 글은 이름 없이 채널에 남으니, 지우고 싶다면 먼저 공유를 취소해 주세요. 모두 지울까요?`,
    forget: '🗑 모두 지우기',
    forgotten: '모두 지웠어요. 이제 저장된 내 정보가 없어요.',
  },
  signIn: {
    title: 'Indiescout: Steam 계정 인증',
    explain: (platform, account, steamId) =>
      `${platform} 계정 ${account}에서 Steam 계정 ${withParticle(steamId, 'object')} 본인 계정으로 연결하려고 해요.`,
    warn: '방금 직접 요청한 경우에만 계속해 주세요. 다른 사람이 보낸 주소라면 이 페이지를 닫아 주세요. 로그인하면 그 사람이 내 계정의 주인으로 인증돼요.',
    go: 'Steam에 로그인하기',
    proven: (steamId) =>
      `인증했어요. ${withParticle(steamId, 'topic')} 본인 계정이에요. 이 페이지를 닫고 대화로 돌아가 주세요.`,
    wrongAccount: (steamId) =>
      `연결한 계정 ${withParticle(steamId, 'subject')} 아닌 다른 Steam 계정으로 로그인했어요. 그 계정으로 로그인하거나 다른 계정을 연결해 주세요.`,
    refused: '이 주소는 더 이상 쓸 수 없어요. 대화로 돌아가 계정 연결을 다시 요청해 주세요.',
    steamAway: 'Steam이 응답하지 않아요. 몇 분 뒤에 다시 시도해 주세요.',
  },
  install: {
    title: 'Slack 워크스페이스에 Indiescout 설치',
    done: '설치했어요. Slack으로 돌아가 아무 채널에서나 /recommend 명령을 입력해 보세요.',
    cancelled: '아무것도 설치하지 않았어요.',
    expired: '이 주소는 더 이상 쓸 수 없어요. 이 브라우저에서 설치를 처음부터 다시 시작해 주세요.',
    wholeOrganisation:
      'Indiescout는 조직 전체가 아니라 워크스페이스마다 설치해요. 처음부터 다시 시작해서 워크스페이스를 골라 주세요.',
    failed: (reference) =>
      `설치를 마치지 못했어요. 몇 분 뒤에 다시 시도해 주세요. 계속 안 되면 Indiescout 운영자에게 이 참조 번호를 알려 주세요: ${reference}`,
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
  filters: {
    label: (label) => `“${label}” 태그`,
    without: (label) => `“${label}” 태그 제외`,
    price: (most) => (most === undefined ? '무료' : `${most} 이하`),
    language: (language) => `${clip(language, 40)} 지원`,
    platform: (platform) => `${ko.choices.platform[platform]} 지원`,
    age: (age) => `${ko.choices.age[age]} 출시`,
    onSale: '할인 중',
    reviews: (least) => `평가 ${count(least)}개 이상`,
    positive: (least) => `긍정적인 평가 ${least} 이상`,
    sort: (sort) => `“${sort}” 정렬`,
    hideOwned: '가진 게임 숨기기',
  },
  together: {
    leftOut: {
      'bad-steam-id': 'Steam ID가 아니어서 뺐어요',
      'not-linked': 'Steam 계정을 연결하고 인증한 멤버만 멘션할 수 있어서 뺐어요',
      'no-profile': 'Steam에 그런 프로필이 없어서 뺐어요',
      'private-profile': '프로필이 비공개라서 뺐어요',
      'hidden-games': '프로필이 게임을 숨기고 있어서 뺐어요',
      'empty-library': '라이브러리에 게임이 없어서 뺐어요',
      away: 'Steam이 응답하지 않아서 뺐어요',
    },
    leftOutCount: (n) => `플레이어 ${count(n)}명은 반영하지 못했어요.`,
    fits: (fits, of) =>
      fits === of ? `${count(of)}명 모두에게 잘 맞아요` : `${count(of)}명 중 ${count(fits)}명에게 잘 맞아요`,
    playable: (players) => `${count(players)}명이 함께 하는 협동·멀티플레이어`,
  },
  digest: {
    sections: {
      new: '평가가 좋은 신작',
      'hidden-gem': '이번 주의 숨은 명작',
      community: '이 커뮤니티를 위한 추천',
      acclaimed: '평가가 좋은 게임',
    },
    onSale: (percent) => `할인 중: −${percent}%`,
    foot: (command) => `주간 인디 게임 소식 · 내 취향에 맞는 추천은 ${command('recommend')}`,
    cover: (titles) => `게임 이미지: ${titles.join(', ')}`,
    preview: (n) => `지금 올린다면 이렇게 올라가요: ${games(n)}`,
    nothingKnown: (labels, language) =>
      `지금은 올릴 게임이 없어요. ${withParticle(language, 'object')} 지원하면서 ${labels.length === 0 ? '' : `${and(labels)} 태그가 있고 `}평가가 좋은 인디 게임을 알지 못해요.`,
    nothingNew:
      '지금은 올릴 게임이 없어요. 조건에 맞는 게임은 모두 지난 12주 동안 이 채널에 소개했거나 여기서 차단되어 있어요.',
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
}
