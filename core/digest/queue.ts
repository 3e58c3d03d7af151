import type { DeliveryId, Platform } from './delivery.ts'

/** Durable jobs, run by any of our processes, each once at a time. Platforms do not wait for each other. */
export interface Queue {
  /** One that is queued or running under the same key is not added again. */
  add(platform: Platform, jobs: readonly { readonly key: string; readonly id: DeliveryId }[]): Promise<void>
  /** `handle` never throws, and may be called again for the same job after a crash. */
  work(platform: Platform, handle: (id: DeliveryId) => Promise<void>): Promise<void>
  /** Waits for what is in hand. */
  stop(): Promise<void>
}
