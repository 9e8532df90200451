import path from "node:path";
import { defineConfig } from "@playwright/test";
import { findChromium } from "./chromium";
import { laneFolder, selectJourneys } from "./journey-lanes";

const root = path.resolve(import.meta.dirname, "..");
const lane = process.env["JOURNEY_LANE"];
const results = path.join(root, "test-results", laneFolder(lane));
const { executablePath, args, env } = await findChromium();

export default defineConfig({
  testDir: "journeys",
  ...selectJourneys(lane),
  outputDir: results,
  globalSetup: "./start-journeys.ts",
  // The journeys of a lane share one stack; each makes its own people and machines.
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env["CI"]),
  reporter: [["list"], ["json", { outputFile: `${results}.json` }]],
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 800 },
    locale: "en-US",
    // Recording every step of every open page costs half a core; it is had by TRACE=1.
    trace: process.env["TRACE"] ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: { executablePath, args, env },
  },
});
