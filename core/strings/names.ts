import type { CommandName, OptionName } from '../commands/catalogue.ts'
import type { Group } from '../commands/groups.ts'
import type { Locale } from '../locale.ts'

/**
 * What a Discord that speaks another language than English calls commands and their options: lower case, at most 32
 * letters, digits, - and _, and no two of one list alike. What is sent and parsed are the catalogue's own names.
 */
type Names = {
  readonly commands: Readonly<Record<CommandName, string>>
  readonly options: Readonly<Record<OptionName, string>>
}

const ko: Names = {
  commands: {
    recommend: '추천',
    curate: '큐레이션',
    similar: '비슷한게임',
    together: '함께할게임',
    taste: '취향',
    'digest subscribe': '다이제스트 구독',
    'digest list': '다이제스트 목록',
    'digest preview': '다이제스트 미리보기',
    'digest now': '다이제스트 지금',
    'digest pause': '다이제스트 멈춤',
    'digest resume': '다이제스트 재개',
    'digest remove': '다이제스트 삭제',
    link: '연결',
    unlink: '연결해제',
    privacy: '개인정보',
    export: '내보내기',
    'forget-me': '내정보삭제',
    settings: '설정',
    help: '도움말',
  },
  options: {
    steam_id: '스팀_아이디',
    like: '좋아하는_게임',
    genre: '장르',
    exclude: '제외',
    max_price: '최고_가격',
    discovery: '추천_성향',
    age: '출시_시기',
    on_sale: '할인_중',
    platform: '플랫폼',
    language: '언어',
    count: '개수',
    sort: '정렬',
    min_reviews: '최소_평가_수',
    min_positive: '최소_긍정_비율',
    hide_owned: '가진_게임_숨기기',
    game: '게임',
    players: '플레이어',
    server_language: '서버_언어',
    currency: '통화',
    mature: '성인_게임',
    block: '차단',
    unblock: '차단_해제',
    channels: '채널',
    day: '요일',
    time: '시각',
    timezone: '시간대',
    mention: '멘션',
    number: '번호',
    community: '커뮤니티',
    training: '학습',
    command: '명령어',
  },
}

/** English has the catalogue's own. */
const NAMES: Readonly<Record<Locale, Names | undefined>> = { en: undefined, ko }

type ByName = Readonly<Record<string, string>>

export function commandNameIn(locale: Locale, command: CommandName): string {
  return NAMES[locale]?.commands[command] ?? command
}

/** The first word of its members' names. */
export function groupNameIn(locale: Locale, { name, members: [member] }: Group): string {
  return (member && commandNameIn(locale, member.name).split(' ')[0]) ?? name
}

/** The name itself where the catalogue has no such option. */
export function optionNameIn(locale: Locale, option: string): string {
  const names: ByName = NAMES[locale]?.options ?? {}
  return Object.hasOwn(names, option) ? (names[option] ?? option) : option
}
