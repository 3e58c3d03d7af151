/** How long a condition is waited for: as long as a busy machine may need, and less than a test may take. */
export const PATIENCE_MS = 150_000
