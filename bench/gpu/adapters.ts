import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const QUERY = ['--query-gpu=name,driver_version,memory.total', '--format=csv,noheader']

/** The GPUs and their drivers, as far as the machine's own programs tell: the runtime does not. One line each. */
export async function adapters(): Promise<string> {
  const [nvidia, vulkan] = await Promise.all([ask('nvidia-smi', QUERY), ask('vulkaninfo', ['--summary'])])
  const devices = vulkan.filter((line) => /^\s*(deviceName|driverName|driverInfo|apiVersion)\s*=/.test(line))
  const told = [
    ...nvidia.map((line) => `NVIDIA (name, driver, memory): ${line.trim()}`),
    ...devices.map((line) => `Vulkan: ${line.trim().replace(/\s+/g, ' ')}`),
  ]
  const { VK_DRIVER_FILES } = process.env
  if (VK_DRIVER_FILES) told.push(`Vulkan sees only ${VK_DRIVER_FILES}`)
  return told.length > 0 ? told.join('\n') : 'adapter: not told (neither nvidia-smi nor vulkaninfo is here)'
}

async function ask(program: string, args: readonly string[]): Promise<string[]> {
  const output = await promisify(execFile)(program, args, { timeout: 20_000 }).catch(() => ({ stdout: '' }))
  return output.stdout.split('\n').filter((line) => line.trim() !== '')
}
