import { clip } from '../formats.ts'
import type { Translated } from '../language.ts'
import { commands } from './commands.ts'
import { particleAfter } from './particles.ts'
import { count, format } from './text.ts'

export const notices = {
  notices: {
    guessed: (asked, name) => `“${clip(asked, 60)}”에 가장 가까운 ‘${clip(name, 80)}’ 게임으로 찾았어요.`,
    orMeant: (typed) => `혹시 ${typed}인가요?`,
    namesake: (name, typed) => `이름이 같은 게임 ‘${clip(name, 80)}’도 있어요: ${typed}.`,
    profileCalled: (name, typed) =>
      `“${clip(name, 40)}”${particleAfter(name, 'named')} Steam 프로필의 라이브러리예요. 그게 아니라면 ${typed}처럼 적어 보세요.`,
    accountCalled: (name) =>
      `“${clip(name, 40)}”라는 Steam 프로필의 계정이에요. 본인 계정이 아니라면 Steam ID를 입력해 주세요.`,
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
  filters: {
    label: (label) => `“${label}” 태그`,
    without: (label) => `“${label}” 태그 제외`,
    price: (most) => (most === undefined ? '무료' : `${most} 이하`),
    language: (language) => `${clip(language, 40)} 지원`,
    platform: (platform) => `${commands.choices.platform[platform]} 지원`,
    age: (age) => `${commands.choices.age[age]} 출시`,
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
} satisfies Translated<'notices' | 'settings' | 'help' | 'filters' | 'together'>
