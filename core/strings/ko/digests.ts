import type { Translated } from '../language.ts'
import { commands } from './commands.ts'
import { withParticle } from './particles.ts'
import { and, count, games } from './text.ts'

const PAUSES = {
  'by-hand': '누군가가 멈췄어요',
  'no-channel': '채널이 없어졌어요',
  'no-access': '제가 채널을 볼 수 없어요. 저를 초대해 주세요',
  'no-permission': '제가 글을 올릴 수 없어요. 채널 보기, 메시지 보내기, 링크 첨부, 파일 첨부 권한을 주세요',
  archived: '채널이나 스레드가 보관됐어요',
  'app-removed': '앱이 삭제됐어요',
  'missing-scope': '앱에 글을 올리는 데 필요한 권한 범위가 없어요. 앱을 다시 설치해 주세요',
} as const

export const digests = {
  subscriptions: {
    made: (number, n, labels) =>
      `${count(number)}번 다이제스트를 만들었어요. 매주 이 채널에 ${labels.length === 0 ? '' : `${and(labels)} `}${games(n)}를 올려 드려요.`,
    when: (day, time, timezone) => `매주 ${commands.choices.day[day]} ${time} (${timezone})`,
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
      'our-fault': '저희 쪽에 문제가 있었어요',
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
      '지금은 올릴 게임이 없어요. 조건에 맞는 게임은 모두 지난 12주 동안 이 채널에 소개했거나 여기서 차단했어요.',
  },
} satisfies Translated<'subscriptions' | 'digest'>
