import {
  isArrayLiteralExpression,
  isArrowFunction,
  isAwaitExpression,
  isCallExpression,
  isForOfStatement,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isMethodDeclaration,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isVariableDeclaration,
  type Node,
  type SourceFile,
} from 'typescript/unstable/ast'
import type { Checker } from 'typescript/unstable/sync'
import { lineOf, lookAtProgram } from './checked-program.ts'

/**
 * Promises that were begun and are not listened to while something else is awaited: when one of them fails first, nobody
 * hears it, and Node ends the process. As `file:line name`, of the files that `wanted` names by their path in the repository.
 */
export function heldPromises(wanted: (file: string) => boolean): string[] {
  return lookAtProgram(wanted, heldIn)
}

function heldIn(source: SourceFile, checker: Checker, file: string): string[] {
  const found: string[] = []
  const report = (node: Node) => {
    const at = node.getStart(source)
    found.push(
      `${file}:${lineOf(source, at)} ${source.text.slice(at, node.end).split('\n')[0]?.slice(0, 40)}`,
    )
  }
  const isPromise = (node: Node) => {
    const type = checker.getTypeAtLocation(node)
    return type !== undefined && /^(readonly )?\(?Promise<.*>\)?(\[\])?$/s.test(checker.typeToString(type))
  }
  const visit = (node: Node): undefined => {
    if (isVariableDeclaration(node) && isIdentifier(node.name) && node.initializer) {
      const { name, initializer } = node
      if (mayBegin(initializer) && isPromise(name) && isHeld(node, name.text, source)) report(name)
    }
    for (const begun of begunBeforeAnAwait(node)) if (mayBegin(begun) && isPromise(begun)) report(begun)
    node.forEachChild(visit)
  }
  visit(source)
  return found
}

/** What listens already, by `.catch` or by both arguments of `.then`, may wait as long as it likes. */
function mayBegin(node: Node): boolean {
  if (!isCallExpression(node)) return false
  const { expression } = node
  const method = isPropertyAccessExpression(expression) ? expression.name.text : ''
  return !(method === 'catch' || (method === 'then' && node.arguments.length === 2))
}

/** Whether the function goes on to await something else before it turns to what the variable holds. */
function isHeld(declaration: Node, name: string, source: SourceFile): boolean {
  const body = functionAround(declaration)
  if (!body) return false
  const later = awaitsOf(body).filter((one) => one.pos >= declaration.end)
  const mentions = (node: Node) => new RegExp(`\\b${name}\\b`).test(source.text.slice(node.pos, node.end))
  const first = later.toSorted((a, b) => a.pos - b.pos)[0]
  if (!first || mentions(first)) return false
  // Somebody may have been given it before.
  return !new RegExp(`\\b${name}\\b`).test(source.text.slice(declaration.end, first.pos))
}

/** Of one list, object or call: what was begun before an `await` that stands behind it. */
function begunBeforeAnAwait(node: Node): readonly Node[] {
  const parts = partsOf(node)
  const last = parts.findLastIndex((part) => isAwaitExpression(part) || awaitsOf(part).length > 0)
  return parts.slice(0, Math.max(0, last))
}

function partsOf(node: Node): readonly Node[] {
  if (isArrayLiteralExpression(node)) return node.elements
  if (isCallExpression(node) || isNewExpression(node)) return node.arguments ?? []
  if (isObjectLiteralExpression(node))
    return node.properties.map((property) => ('initializer' in property && property.initializer) || property)
  return []
}

/** Not those of functions within. */
function awaitsOf(within: Node): Node[] {
  const found: Node[] = []
  const visit = (node: Node): undefined => {
    if (isFunction(node)) return
    if (isAwaitExpression(node) || (isForOfStatement(node) && node.awaitModifier)) found.push(node)
    node.forEachChild(visit)
  }
  if (isFunction(within)) within.forEachChild(visit)
  else visit(within)
  return found
}

function functionAround(node: Node): Node | undefined {
  for (let around = node.parent; around; around = around.parent) if (isFunction(around)) return around
  return undefined
}

function isFunction(node: Node): boolean {
  return (
    isArrowFunction(node) ||
    isFunctionDeclaration(node) ||
    isFunctionExpression(node) ||
    isMethodDeclaration(node)
  )
}
