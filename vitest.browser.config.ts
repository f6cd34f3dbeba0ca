import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    // What the provider of the tests says about itself at each start.
    onConsoleLog: (text) => !text.startsWith("oidc-provider "),
    include: ["test/browser/**/*.test.ts"],
    pool: "forks",
    // Two browsers at once would only wait for each other.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
