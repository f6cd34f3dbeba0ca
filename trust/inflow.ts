/** Does something with each of many things, a few at a time. */
export const eachOf = async <T>(list: Iterable<T>, atOnce: number, act: (one: T) => Promise<void>): Promise<void> => {
  const queue = list[Symbol.iterator]()
  const next = async (): Promise<void> => {
    for (let turn = queue.next(); turn.done !== true; turn = queue.next()) await act(turn.value)
  }
  await Promise.all(Array.from({ length: atOnce }, next))
}
