/** The thread's side of a line of jobs. */
import { parentPort, type Transferable } from "node:worker_threads"

export interface ThreadJob<Job> {
  readonly id: number
  readonly job: Job
}

/** A sign of life with the step that begins, or how the job ended. */
export type ThreadReply<Answer> = { readonly id: number } & (
  | { readonly step: string }
  | { readonly answer: Answer }
  | { readonly problem: string }
)

/** Answers every job that comes; `begin` names the step that begins. What `handedOver` gives is moved instead of copied. */
export function answerJobs<Answer>(
  work: (job: unknown, begin: (step: string) => void) => Answer | Promise<Answer>,
  handedOver: (answer: Answer) => readonly Transferable[] = () => [],
): void {
  const reply = (message: ThreadReply<Answer>, transferred: readonly Transferable[] = []): void =>
    parentPort?.postMessage(message, [...transferred])
  parentPort?.on("message", ({ id, job }: ThreadJob<unknown>) => {
    void answer(() => work(job, (step) => reply({ id, step }))).then((outcome) =>
      reply({ id, ...outcome }, "answer" in outcome ? handedOver(outcome.answer) : []),
    )
  })
}

async function answer<Answer>(
  work: () => Answer | Promise<Answer>,
): Promise<{ readonly answer: Answer } | { readonly problem: string }> {
  try {
    return { answer: await work() }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}
