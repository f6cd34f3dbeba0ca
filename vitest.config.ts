import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    // What the provider of the tests says about itself at each start.
    onConsoleLog: (text) => !text.startsWith("oidc-provider "),
    include: ["test/**/*.test.ts"],
    exclude: ["test/browser/**"],
    pool: "forks",
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})
