import type { InferenceSession } from 'onnxruntime-node'
import { type Answer, outputsFor, type Question, toAnswer, toFeeds } from '../model/question.ts'
import { openSession, type Provider } from '../runtime/session.ts'

/** A serving graph, and the folder in which its weights lie. */
export type ServingModel = { readonly graph: Uint8Array; readonly folder: string }

export function openServing({ graph, folder }: ServingModel, provider: Provider): Promise<InferenceSession> {
  const session = { model_external_initializers_file_folder_path: folder }
  return openSession(graph, provider, { extra: { session } })
}

/** Blocks the event loop while it runs. */
export async function score(session: InferenceSession, question: Question): Promise<Answer> {
  return toAnswer(await session.run(toFeeds(question), outputsFor(question)))
}
