import type { Outbox } from "./outbox.ts"

export interface Rounds {
  /** Begins no other round and waits for the one that runs, at most `patience` milliseconds: a message cut off then is sent again later. */
  stop(patience: number): Promise<void>
}

/** Lets the outbox deliver again and again, `every` milliseconds after a round has ended; what goes wrong in one is told, and the next one comes. */
export const startRounds = (outbox: Outbox, every: number, onTrouble: (error: unknown) => void): Rounds => {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

  const round = async (): Promise<void> => {
    await outbox.deliver(() => !stopped).catch(onTrouble)
    if (!stopped) timer = setTimeout(begin, every)
  }
  const begin = (): void => void (running = round())

  begin()
  return {
    stop: async (patience) => {
      stopped = true
      clearTimeout(timer)
      const { promise: given, resolve } = Promise.withResolvers<void>()
      const late = setTimeout(resolve, patience)
      await Promise.race([running, given])
      clearTimeout(late)
    },
  }
}
