/** Splits a list of mentions, which stand in brackets and often without a space between them. */
export function splitMentions(text: string): readonly string[] {
  return text.split(/[\s,]+|(?<=>)(?=<)/).filter((part) => part !== '')
}
