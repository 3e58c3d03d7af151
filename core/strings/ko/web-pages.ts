import type { Translated } from '../language.ts'
import { withParticle } from './particles.ts'

export const webPages = {
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
} satisfies Translated<'signIn' | 'install'>
