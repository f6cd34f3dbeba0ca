/** The thread of copy-inspection.ts. */
import { parentPort, workerData } from "node:worker_threads"
import { inspectHere } from "./copy-inspection.ts"

parentPort?.postMessage(await inspectHere(String(workerData)))
