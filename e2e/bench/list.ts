import { randomBytes } from "node:crypto";
import { chromium, type Browser, type BrowserContext } from "playwright";
import pg from "pg";
import { findChromium } from "@/e2e/chromium";
import { startOwnDatabase } from "@/e2e/faults/own-database";
import type { Context } from "@/lib/core/context";
import { closeDb } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { signSessionCookie } from "@/lib/identity/sign-session-cookie";
import { buildIfStale } from "@/lib/processes/up/build";
import { compare, measurePairs } from "./ground/pairs";
import { logEveryStatement, StatementLog } from "./ground/statement-log";
import { comparePages, pagesOf } from "./list/compare-pages";
import { measureEveryScript, measureScripts } from "./list/measure-scripts";
import { person, seedPark } from "./list/seed-park";
import { startWeb } from "./list/web-program";

/**
 * P12: a page of the list of 100,000 machines as somebody with 50 Systems, against the same rows by raw pg.
 * P14: what pages load of scripts, and the time until rows stand there with 100,000 machines and with 1,000.
 * `-- list pages` runs P12 alone, which needs neither a build nor a browser.
 */
const small = 1_000;
const large = 100_000;
const pairCount = 10;
const loadsPerBlock = 3;

// Both portals take the same cookie.
process.env["SESSION_SECRET"] = randomBytes(32).toString("hex");
const onlyPages = process.argv.includes("pages");
const log = new StatementLog();
const smallDatabase = onlyPages ? null : await startOwnDatabase();
const largeDatabase = await startOwnDatabase(log.read);
try {
  if (smallDatabase) await seedPark(smallDatabase.url, small);
  await seedPark(largeDatabase.url, large);
  if (smallDatabase) await reportScreens(smallDatabase.url);
  await reportPages();
} finally {
  await closeDb();
  await largeDatabase.stop();
  await smallDatabase?.stop();
}

async function reportPages(): Promise<void> {
  const ctx = personContext();
  const combinations = await comparePages(ctx, largeDatabase.url);
  const statements = await readStatements(pagesOf(ctx));
  const report = {
    bench: "P12 list",
    goal: "p95 <=2 against raw pg for each, 2 statements a page, no count over the set",
    vms: large,
    combinations,
    statements: Object.fromEntries(Object.entries(statements).map(([name, texts]) => [name, texts.length])),
    counts: Object.values(statements)
      .flat()
      .filter((text) => /\bcount\s*\(/i.test(text)).length,
  };
  console.log(JSON.stringify(report));
}

async function readStatements(
  pages: Record<string, () => Promise<unknown>>,
): Promise<Record<string, string[]>> {
  await logEveryStatement(largeDatabase.url);
  const read: Record<string, string[]> = {};
  for (const [name, page] of Object.entries(pages)) {
    await pause();
    const from = log.statements.length;
    await page();
    await pause();
    read[name] = log.statements.slice(from).map(({ text }) => text);
  }
  return read;
}

async function reportScreens(smallUrl: string): Promise<void> {
  await buildIfStale("dist/bench-build.log", () => undefined);
  const [smallWeb, largeWeb] = [await startWeb(smallUrl), await startWeb(largeDatabase.url)];
  const { executablePath, args, env } = await findChromium();
  const browser = await chromium.launch({ executablePath, args, env });
  try {
    const cookie = await aSession(largeDatabase.url);
    const smallContext = await signedIn(browser, smallWeb.origin, await aSession(smallUrl));
    const largeContext = await signedIn(browser, largeWeb.origin, cookie);
    const header = `session_id=${cookie}`;
    const vmId = await anyVm();
    const pairs = await measurePairs(pairCount, {
      baseline: () => timeToRows(smallContext, smallWeb.origin),
      ours: () => timeToRows(largeContext, largeWeb.origin),
    });
    const report = {
      bench: "P14 list",
      goal: "login, list and request form <=170 kB each, console <=250 kB; time to rows <=1.2 of that at 1,000",
      firstLoadKb: {
        login: await measureScripts(largeWeb.origin, "/login", ""),
        list: await measureScripts(largeWeb.origin, "/vms", header),
        requestForm: await measureScripts(largeWeb.origin, "/vms/new", header),
        console: await measureEveryScript(largeContext, `${largeWeb.origin}/vms/${vmId}/console`),
      },
      timeToRows: compare(pairs),
    };
    console.log(JSON.stringify(report));
  } finally {
    await browser.close();
    await largeWeb.end();
    await smallWeb.end();
  }
}

async function signedIn(browser: Browser, origin: string, cookie: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-US" });
  await context.addCookies([{ name: "session_id", value: cookie, url: origin, httpOnly: true }]);
  return context;
}

/** From the address to the last of the page's rows, in milliseconds; the mean of a few loads. */
async function timeToRows(context: BrowserContext, origin: string): Promise<number> {
  let total = 0;
  for (let index = 0; index < loadsPerBlock; index += 1) {
    const page = await context.newPage();
    const begun = performance.now();
    await page.goto(`${origin}/vms`, { waitUntil: "commit" });
    await page.locator("[data-row-link]").nth(19).waitFor();
    total += performance.now() - begun;
    await page.close();
  }
  return total / loadsPerBlock;
}

async function aSession(connectionString: string): Promise<string> {
  const id = newId();
  const expiresAt = new Date(Date.now() + 3_600_000);
  await query(
    connectionString,
    `INSERT INTO user_sessions (id, user_id, session_version, expires_at, mfa_at) VALUES ($1, $2, 1, $3, now())`,
    [id, person.id, expiresAt],
  );
  return signSessionCookie({ id, userId: person.id, expiresAt });
}

/** One that runs and that the person may see. */
async function anyVm(): Promise<string> {
  const found = await query(
    largeDatabase.url,
    `SELECT v.id FROM vms v JOIN services s ON s.id = v.service_id
      JOIN resource_role_bindings m ON m.resource_id = s.system_id AND m.user_id = $1
      JOIN namespaces n ON n.name = v.namespace WHERE v.status = 'RUNNING' AND n.environment = 'test' LIMIT 1`,
    [person.id],
  );
  return String(found.rows[0]?.id);
}

async function query(connectionString: string, text: string, values: unknown[]) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await client.query<{ id: string }>(text, values);
  } finally {
    await client.end();
  }
}

function personContext(): Context {
  return {
    actor: {
      ...{ kind: "person", id: person.id, username: person.username, displayName: "Bench Person" },
      ...{ sessionId: "bench", pendingStep: null, hasSecondFactor: true, mfaAt: new Date() },
      ...{ token: null, viewedBy: null },
    },
    ...{ requestId: "bench-list", now: new Date(), address: null, userAgent: null },
  };
}

/** The server writes its log a little later than it answers. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 500));
}
