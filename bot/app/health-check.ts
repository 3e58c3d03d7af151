/**
 * The image's health check, for whichever of the two runs in the container: the bot is asked whether it is ready, and where
 * none listens, the worker whether it is alive. Exits with 0 or 1.
 */
const { HTTP_PORT, INFERENCE_PORT } = process.env

const isOk = (port: string, path: string) => fetch(`http://localhost:${port}${path}`).then(({ ok }) => ok)

const isHealthy = await isOk(HTTP_PORT || '3000', '/health/ready').catch(() =>
  isOk(INFERENCE_PORT || '8000', '/v2/health/live').catch(() => false),
)
process.exit(isHealthy ? 0 : 1)
