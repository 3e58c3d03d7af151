/** Runs `start` for a key unless it is running already: then everybody gets the outcome of that one. */
export function createSingleFlight<V>(): (key: string, start: () => Promise<V>) => Promise<V> {
  const flights = new Map<string, Promise<V>>()
  return (key, start) => {
    const flying = flights.get(key)
    if (flying) return flying
    const flight = start().finally(() => flights.delete(key))
    flights.set(key, flight)
    return flight
  }
}
