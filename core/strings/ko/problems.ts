import type { ExampleWanted } from '../../commands/example.ts'
import { MANY_GAMES } from '../../problem.ts'
import { clip } from '../formats.ts'
import type { Translated } from '../language.ts'
import type { Shown } from '../shown.ts'
import { particleAfter } from './particles.ts'
import { count, games, or } from './text.ts'

const suchAs = (wanted: ExampleWanted, { example }: Shown) => {
  const typed = example(wanted)
  return typed === undefined ? '' : ` 예: ${typed}`
}

const noSteamKey = ({ example }: Shown) => {
  const typed = example({ command: 'recommend', option: 'like' })
  return `이 봇에는 아직 Steam 키가 없어서 Steam 라이브러리를 읽을 수 없어요. 대신 좋아하는 게임을 세 개까지 알려 주세요.${typed === undefined ? '' : ` 예: ${typed}`}`
}

const PLACE = { server: '서버', workspace: '워크스페이스' } as const

/** Beyond some number nobody needs it. */
const left = (n: number) => (n > MANY_GAMES ? `게임이 ${count(MANY_GAMES)}개 넘게` : `${games(n)}가`)

export const problems = {
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
    'mature-off': ({ asked }, command, { placeKind }) =>
      `“${clip(asked, 60)}”${particleAfter(asked, 'topic')} 성인 게임이라 여기서는 보여 드리지 않아요. ${PLACE[placeKind]} 관리자가 ${command('settings', { mature: 'yes' })}로 허용할 수 있어요.${placeKind === 'server' ? ' 연령 제한 채널에만 나오고, 다이렉트 메시지에는 나오지 않아요.' : ''}`,
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
            return `${filter} 조건이면 ${left(n)} 있어요`
          case 'only':
            return `하나만 빼서는 안 되지만 ${filter} 조건만 두면 ${left(n)} 있어요`
          case 'reordered':
            return `다르게 정렬하면 ${left(n)} 있어요`
        }
        return `${filter} 조건을 빼면 ${left(n)} 있어요`
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
    'no-community': (_problem, _command, { placeKind }) =>
      `내 게임은 ${PLACE[placeKind]} 커뮤니티에 반영돼요. 다이렉트 메시지가 아니라 그 ${PLACE[placeKind]}의 채널에서 이 명령을 써 주세요.`,
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
    'digest-elsewhere': (_problem, _command, { placeKind }) =>
      `다이제스트를 올릴 ${PLACE[placeKind]}의 채널에서 이 명령을 써 주세요.`,
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
    'may-not-mention': () => '다이제스트로 알림을 보내려면 여기서 ‘모두 멘션하기’ 권한이 있어야 해요.',
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
    'no-place': (_problem, _command, { placeKind }) =>
      `${PLACE[placeKind]} 설정이에요. 설정할 ${PLACE[placeKind]}의 채널에서 입력해 주세요.`,
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
    'foreign-channel': ({ asked }, _command, { placeKind }) =>
      `이 ${PLACE[placeKind]}에는 명령을 쓸 수 있는 ${clip(asked, 60)} 채널이 없어요. #을 입력하고 목록에서 골라 주세요.`,
    'too-many-channels': ({ most }) => `채널은 ${count(most)}개까지만 정할 수 있어요.`,
    'too-many-blocked': ({ most }) =>
      `이곳에서 막을 수 있는 게임은 ${count(most)}개까지라서 아무것도 바꾸지 않았어요. 먼저 몇 개를 풀어 주세요.`,
  },
  failures: {
    ours: (reference) => `저희 쪽에 문제가 생겼어요. 다시 시도해 주세요. (참조 번호 ${reference})`,
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
  noSteamKey,
} satisfies Translated<'problems' | 'failures' | 'noSteamKey'>
