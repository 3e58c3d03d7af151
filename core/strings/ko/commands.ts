import type { Translated } from '../language.ts'

const STEAM_ID = 'Steam ID, 프로필 링크, 사용자 지정 이름 또는 친구 코드'

const COUNT = '게임 수(1~20). 정하지 않으면 10개예요'

const GENRE = '이 장르, 태그 또는 분류의 게임만. 여러 개는 쉼표로 나눠 주세요'

const MAX_PRICE = '최고 가격(여기서 정한 통화, 정하지 않았으면 미국 달러). 0이면 무료 게임만 보여 드려요'

const PLATFORM = '이 플랫폼에서 실행된다고 알려진 게임만'

const LANGUAGE = '이 언어를 지원한다고 알려진 게임만(예: Korean)'

const EXCLUDE = '이 장르, 태그 또는 분류의 게임은 빼요. 여러 개는 쉼표로 나눠 주세요'

const ON_DIGEST = { number: '목록에 있는 번호. 정하지 않으면 이 채널의 것이에요' }

export const commands = {
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
        training: '추천 모델이 내 게임과 평가를 이름 없이 학습해도 될까요',
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
      description: '이곳의 다이제스트와 지난 결과를 보여 드려요',
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
} satisfies Translated<'commands' | 'groups' | 'choices'>
