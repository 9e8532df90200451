import path from "node:path";
import { defineConfig } from "vitest/config";

const root = path.resolve(import.meta.dirname, "..");
const never = ["**/node_modules/**", "e2e/journeys/**", ".data/**", ".next/**"];
const structure = ["lib/structure.test.ts"];
const withoutDatabase = ["components/**/*.test.{ts,tsx}", "lib/adapters/**/*.test.ts", "e2e/**/*.test.ts"];
const withDatabase = ["{app,lib,prisma}/**/*.test.{ts,tsx}", "e2e/**/*.database.test.ts"];

const patience = { testTimeout: 20_000, hookTimeout: 60_000, expect: { poll: { timeout: 10_000 } } };
const shared = { root, resolve: { alias: { "@": root } }, oxc: { jsx: { runtime: "automatic" as const } } };

export default defineConfig({
  root,
  test: {
    // Many a file waits for a lease or a timer; two cores have room for a third.
    maxWorkers: 3,
    projects: [
      { ...shared, test: { ...patience, name: "structure", include: structure, exclude: never } },
      {
        ...shared,
        test: {
          ...patience,
          name: "pure",
          include: withoutDatabase,
          exclude: [...never, "**/*.database.test.ts"],
        },
      },
      {
        ...shared,
        test: {
          ...patience,
          name: "database",
          include: withDatabase,
          exclude: [...never, ...structure, ...withoutDatabase.filter((glob) => glob.startsWith("lib/"))],
          globalSetup: ["e2e/test-server.ts"],
          setupFiles: ["e2e/test-database.ts"],
        },
      },
    ],
  },
});
