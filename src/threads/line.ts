/** One thread for work that takes long, with limits of time and memory; jobs wait in line. */
import { Worker } from "node:worker_threads"
import type { ThreadJob, ThreadReply } from "./answer-jobs.ts"

export interface LineLimits {
  /** Longest time for one job, from its start. */
  readonly milliseconds: number
  /** Longest time for one step of a job, for threads that name their steps; no limit when absent. */
  readonly stepMilliseconds?: number
  /** Jobs that may wait behind the one in work. */
  readonly waiting: number
  readonly megabytes: number
}

/** What people are told; each is a whole message. */
export interface LineWords {
  readonly busy: () => Error
  readonly closed: string
  readonly stopped: string
  readonly outOfMemory: string
  readonly slow: (seconds: number) => string
  readonly failed: (why: string) => string
}

export interface Line<Job, Answer> {
  /** The answer to a job. Rejects with what `words` say, with `TookTooLong` for one that is too slow, and with what the job itself threw. */
  readonly run: (job: Job) => Promise<Answer>
  /** Ends the thread; what still waits is rejected. */
  readonly close: () => Promise<void>
}

/** A job that was given up; `at` is the step that took too long, absent where it was the job as a whole. */
export class TookTooLong extends Error {
  override readonly name = "TookTooLong"
  readonly at: string | undefined

  constructor(message: string, at: string | undefined) {
    super(message)
    this.at = at
  }
}

interface Waiting<Job, Answer> {
  readonly id: number
  readonly job: Job
  resolve(answer: Answer): void
  reject(error: Error): void
}

/** One thread running `script`, started with the first job and again after it died. */
export function createLine<Job, Answer>(script: URL, limits: LineLimits, words: LineWords): Line<Job, Answer> {
  const line: Waiting<Job, Answer>[] = []
  let worker: Worker | undefined
  let current: Waiting<Job, Answer> | undefined
  let whole: NodeJS.Timeout | undefined
  let ofStep: NodeJS.Timeout | undefined
  let lastId = 0
  let closed = false

  const stopTimers = (): void => [whole, ofStep].forEach(clearTimeout)

  const settle = (outcome: { readonly answer: Answer } | Error): void => {
    stopTimers()
    const done = current
    current = undefined
    worker?.unref()
    if (outcome instanceof Error) done?.reject(outcome)
    else done?.resolve(outcome.answer)
    next()
  }

  const start = (): Worker => {
    const started = new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: limits.megabytes } })
    started.on("message", (reply: ThreadReply<Answer>) => {
      if (reply.id !== current?.id) return
      if ("step" in reply) beginStep(reply.step)
      else settle("answer" in reply ? reply : new Error(reply.problem))
    })
    started.on("error", (error) => lose(started, failure(error, words)))
    started.on("exit", () => lose(started, new Error(words.stopped)))
    started.unref()
    return started
  }

  const lose = (lost: Worker, error: Error): void => {
    if (worker !== lost) return
    worker = undefined
    if (current) settle(error)
  }

  const beginStep = (name: string): void => {
    const { stepMilliseconds: most } = limits
    clearTimeout(ofStep)
    if (most !== undefined) ofStep = setTimeout(giveUp, most, most, name)
  }

  const next = (): void => {
    if (current || closed) return
    current = line.shift()
    if (!current) return
    worker ??= start()
    worker.ref()
    whole = setTimeout(giveUp, limits.milliseconds, limits.milliseconds)
    worker.postMessage({ id: current.id, job: current.job } satisfies ThreadJob<Job>)
  }

  const giveUp = (time: number, step?: string): void => {
    const slow = worker
    worker = undefined
    void slow?.terminate()
    settle(new TookTooLong(words.slow(Math.round(time / 1000)), step))
  }

  return {
    run(job) {
      if (closed) return Promise.reject(new Error(words.closed))
      if (line.length >= limits.waiting) return Promise.reject(words.busy())
      return new Promise((resolve, reject) => {
        line.push({ id: ++lastId, job, resolve, reject })
        next()
      })
    },
    async close() {
      closed = true
      stopTimers()
      const ending = worker
      worker = undefined
      for (const each of [...(current ? [current] : []), ...line.splice(0)]) each.reject(new Error(words.closed))
      current = undefined
      await ending?.terminate()
    },
  }
}

function failure(error: unknown, words: LineWords): Error {
  const code = error instanceof Error && "code" in error ? error.code : undefined
  if (code === "ERR_WORKER_OUT_OF_MEMORY") return new Error(words.outOfMemory)
  return new Error(words.failed(error instanceof Error ? error.message : String(error)))
}
