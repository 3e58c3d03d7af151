/** The files of the European Central Bank's reference rates, letter for letter as it publishes them. */

export type Rates = Readonly<Record<string, number | string>>
export type Day = readonly [day: string, rates: Rates]

/** `eurofxref.csv`: one day, with spaces, and a comma behind the last rate. */
export function dailyCsv(day: string, rates: Rates): string {
  return `Date, ${Object.keys(rates).join(', ')}, \n${day}, ${Object.values(rates).join(', ')}, \n`
}

/** `eurofxref-hist.csv`: every day, the newest first, and `N/A` for a currency that was not quoted. */
export function historyCsv(...days: readonly Day[]): string {
  const currencies = [...new Set(days.flatMap(([, rates]) => Object.keys(rates)))]
  const rows = days.map(([day, rates]) => [day, ...currencies.map((currency) => rates[currency] ?? 'N/A')])
  return [['Date', ...currencies], ...rows].map((row) => `${row.join(',')},\n`).join('')
}

const PROLOGUE = `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
	<gesmes:subject>Reference rates</gesmes:subject>
	<gesmes:Sender>
		<gesmes:name>European Central Bank</gesmes:name>
	</gesmes:Sender>
`

/** `eurofxref-daily.xml` and `eurofxref-hist-90d.xml`; the latter comes on one line. */
export function cubesXml(...days: readonly Day[]): string {
  const cubes = days.map(([day, rates]) => {
    const inner = Object.entries(rates).map(
      ([currency, rate]) => `\t\t\t<Cube currency='${currency}' rate='${rate}'/>\n`,
    )
    return `\t\t<Cube time='${day}'>\n${inner.join('')}\t\t</Cube>\n`
  })
  return `${PROLOGUE}\t<Cube>\n${cubes.join('')}\t</Cube>\n</gesmes:Envelope>`
}
