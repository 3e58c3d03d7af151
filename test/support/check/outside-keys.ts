import { isElementAccessExpression, type Node } from 'typescript/unstable/ast'
import { lineOf, lookAtProgram } from './checked-program.ts'

/**
 * Plain objects that are read or written under whatever text, as `file:line object[key]`: `__proto__` and `constructor` are
 * there in each of them. A look at `Object.hasOwn` first makes it good.
 */
export function outsideKeys(wanted: (file: string) => boolean): string[] {
  return lookAtProgram(wanted, (source, checker, file) => {
    const found: string[] = []
    const typed = (node: Node) => {
      const type = checker.getTypeAtLocation(node)
      return type === undefined ? '' : checker.typeToString(type)
    }
    const visit = (node: Node): undefined => {
      if (isElementAccessExpression(node)) {
        const { expression, argumentExpression: key } = node
        const text = source.text.slice(node.getStart(source), node.end)
        const asked = `Object.hasOwn(${source.text.slice(expression.getStart(source), expression.end)}, `
        if (typed(key) === 'string' && !source.text.slice(0, node.pos).includes(asked))
          found.push(`${file}:${lineOf(source, node.pos)} ${text}`)
      }
      node.forEachChild(visit)
    }
    visit(source)
    return found
  })
}
