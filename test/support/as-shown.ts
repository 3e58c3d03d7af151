/** As somebody reads it: what can be typed stands between backticks. */
export function asShown(sentence: string): string {
  return sentence.replaceAll(/[\uE000\uE001]/gu, '`')
}
