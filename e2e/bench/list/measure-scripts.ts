import { gzipSync } from "node:zlib";
import type { BrowserContext } from "playwright";
import { rounded } from "../ground/pairs";

/** What a page's document names as scripts, each compressed: its first load, without what is fetched later. */
export async function measureScripts(origin: string, path: string, cookie: string): Promise<number> {
  const headers = cookie === "" ? {} : { cookie };
  const page = await fetch(origin + path, { headers, redirect: "manual" });
  if (page.status !== 200) throw new Error(`${path} answered ${page.status}`);
  const html = await page.text();
  const sizes = [...scriptsIn(html)].map((source) => compressedSize(new URL(source, origin)));
  return toKilobytes((await Promise.all(sizes)).reduce((sum, size) => sum + size, 0));
}

/** All scripts that a browser has fetched once the page rests, lazy ones too. */
export async function measureEveryScript(context: BrowserContext, address: string): Promise<number> {
  const page = await context.newPage();
  const sources = new Set<string>();
  page.on("request", (request) => request.resourceType() === "script" && sources.add(request.url()));
  await page.goto(address, { waitUntil: "load" });
  await page.waitForLoadState("networkidle", { timeout: 5_000 }).catch(() => undefined);
  await page.close();
  const sizes = await Promise.all([...sources].map((source) => compressedSize(new URL(source))));
  return toKilobytes(sizes.reduce((sum, size) => sum + size, 0));
}

/** Browsers of today leave out what is marked for those of old. */
function scriptsIn(html: string): Set<string> {
  const tags = [...html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"[^>]*>/g)];
  const named = tags.filter(([tag]) => !/\bnomodule\b/i.test(tag)).map(([, source = ""]) => source);
  return new Set(named.map((source) => source.replaceAll("&amp;", "&")));
}

async function compressedSize(source: URL): Promise<number> {
  const answer = await fetch(source);
  if (!answer.ok) throw new Error(`${source.pathname} answered ${answer.status}`);
  return gzipSync(Buffer.from(await answer.arrayBuffer()), { level: 9 }).length;
}

function toKilobytes(bytes: number): number {
  return rounded(bytes / 1000);
}
