import { answerJobs } from "../../src/threads/answer-jobs.ts"

/** What a test asks of the thread. */
export type EchoJob =
  | { readonly say: string }
  | { readonly fail: string }
  | { readonly hang: true; readonly step?: string }
  | { readonly fill: true }
  | { readonly exit: true }

answerJobs((given, begin) => {
  const job = given as EchoJob
  if ("say" in job) return job.say
  if ("fail" in job) throw new Error(job.fail)
  if ("exit" in job) process.exit(1)
  if ("fill" in job) for (const all: unknown[] = []; ;) all.push(Array.from({ length: 10_000 }, Math.random))
  if (job.step !== undefined) begin(job.step)
  for (;;);
})
