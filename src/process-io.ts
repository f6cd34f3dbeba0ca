import { dayOf } from "./commands/date.ts"
import type { Io } from "./commands/command.ts"

/** The process' own input and output. A reader that goes away (`| head`) ends the program without a word. */
export function processIo(): Io {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit()
      throw error
    })
  }
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    input: async () => Buffer.concat(await process.stdin.toArray()),
    today: () => dayOf(new Date()),
  }
}
