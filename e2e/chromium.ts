import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright";

export interface Chromium {
  executablePath: string;
  args: string[];
  env: Record<string, string>;
  /** Where it comes from, for the report. */
  origin: string;
}

const SYSTEM_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

// Nothing of the browser's own talks to the network, and a machine without a screen or a sandbox will do.
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const UNPACK = 'import("@sparticuz/chromium").then((module) => module.default.executablePath())';

/** A Chromium that is already there, else the one from npm, unpacked once into node_modules/.cache. */
export async function findChromium(): Promise<Chromium> {
  const found = findInstalled();
  if (found) return { executablePath: found, args: ARGUMENTS, env: currentEnvironment(), origin: found };
  const folder = await unpackFromPackage();
  return {
    executablePath: path.join(folder, "chromium"),
    args: ARGUMENTS,
    env: packageEnvironment(folder),
    origin: "@sparticuz/chromium from npm",
  };
}

function findInstalled(): string | undefined {
  const wanted = process.env["CHROMIUM_PATH"];
  if (wanted && !fs.existsSync(wanted)) throw new Error(`CHROMIUM_PATH names ${wanted}, which is not there.`);
  return [wanted, ...SYSTEM_PLACES, chromium.executablePath()].find((place) => place && fs.existsSync(place));
}

// The package unpacks into its process's temporary folder and takes a half unpacked browser for a whole one:
// a folder of its own, renamed when complete, keeps parallel runs and other users apart.
async function unpackFromPackage(): Promise<string> {
  const root = path.resolve(import.meta.dirname, "..");
  const folder = path.join(root, "node_modules/.cache", `chromium-${readVersion(root)}`);
  if (fs.existsSync(folder)) return folder;
  const partial = `${folder}.${process.pid}`;
  fs.mkdirSync(partial, { recursive: true });
  const env = { ...process.env, TMPDIR: partial, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x" };
  await promisify(execFile)(process.execPath, ["--input-type=module", "-e", UNPACK], { cwd: root, env });
  fs.chmodSync(path.join(partial, "chromium"), 0o755);
  if (fs.existsSync(folder)) fs.rmSync(partial, { recursive: true });
  else fs.renameSync(partial, folder);
  return folder;
}

function readVersion(root: string): string {
  const file = path.join(root, "node_modules/@sparticuz/chromium/package.json");
  // Every package's manifest has a version.
  return (JSON.parse(fs.readFileSync(file, "utf8")) as { version: string }).version;
}

function packageEnvironment(folder: string): Record<string, string> {
  const libraries = path.join(folder, "al2023", "lib");
  const env = { ...currentEnvironment(), LD_LIBRARY_PATH: libraries };
  return fs.existsSync("/etc/fonts/fonts.conf")
    ? env
    : { ...env, FONTCONFIG_PATH: path.join(folder, "fonts") };
}

function currentEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
