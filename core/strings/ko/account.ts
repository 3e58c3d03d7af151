import { clip } from '../formats.ts'
import type { Translated } from '../language.ts'
import { withParticle } from './particles.ts'
import { count, games } from './text.ts'

export const account = {
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
    alreadyVerified: (steamId) => `${withParticle(steamId, 'topic')} 이미 연결하고 인증한 계정이에요.`,
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
      `평가: ${games(n)}. 취향에 맞게 추천하려고 저장하고, 취소할 때까지 남아 있어요. 버튼을 누른 기록 ${count(presses)}건은 추천 품질을 재는 데 쓰고 ${count(days)}일 뒤에 지워요.`,
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
    rest: (command, placeKind) =>
      `${placeKind === 'server' ? '서버' : '워크스페이스'} 설정은 앱을 제거할 때까지 저장해요.${placeKind === 'workspace' ? ' 제거하면 멤버의 정보도 모두 지워요.' : ''} 메시지는 읽지 않아요. ${command('export')} 명령으로 모두 파일로 받을 수 있고, ${command('forget-me')} 명령으로 모두 지울 수 있어요.`,
    exported: '저장된 내 정보를 모두 담은 파일이에요.',
    forgetAsk: (command) =>
      `연결된 계정, 설정, 평가, 추천 결과, 명령 기록을 모두 지우고 되돌릴 수 없어요. 먼저 ${command('export')} 명령으로 사본을 받을 수 있어요. 공유한 글은 이름 없이 채널에 남으니, 지우고 싶다면 먼저 공유를 취소해 주세요. 모두 지울까요?`,
    forget: '🗑 모두 지우기',
    forgotten: '모두 지웠어요. 이제 저장된 내 정보가 없어요.',
  },
} satisfies Translated<'account' | 'privacy'>
