// Runs on whatever Node the machine has, before anything is installed: plain JavaScript, built-in modules only.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "../..");
const place = (...parts) => path.join(root, ...parts);
const NODE_MAJOR_MIN = 20;

if (Number(process.versions.node.split(".")[0]) < NODE_MAJOR_MIN) {
  stop(`Shepherd needs Node ${NODE_MAJOR_MIN} or newer to install itself; this is ${process.version}.`);
}
if (!arePackagesInstalled()) installPackages();
if (!fs.existsSync(place("node_modules/.bin/node"))) {
  stop(
    `No Node comes from npm for ${process.platform}-${process.arch}; Shepherd runs on Linux (glibc) and macOS.`,
  );
}
if (!isClientGenerated()) generateClient();

/** What npm recorded as installed against what the lock file wants, other platforms' packages aside. */
function arePackagesInstalled() {
  const installed = readPackages(place("node_modules/.package-lock.json"));
  const wanted = readPackages(place("package-lock.json"));
  if (!installed || !wanted) return false;
  return Object.entries(wanted).every(([name, entry]) => {
    if (name === "") return true;
    const found = installed[name];
    if (!found) return Boolean(entry.optional || entry.devOptional);
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

function readPackages(file) {
  if (!fs.existsSync(file)) return undefined;
  return JSON.parse(fs.readFileSync(file, "utf8")).packages;
}

function installPackages() {
  const begun = Date.now();
  say("Installing packages from the npm registry (about a minute the first time) …");
  const npm = process.env.npm_execpath;
  const command = npm ? [process.execPath, npm] : ["npm"];
  const flags = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const result = spawnSync(command[0], [...command.slice(1), ...flags], { cwd: root, encoding: "utf8" });
  if (result.status !== 0)
    stop(`npm ci failed:\n${head(result.stderr) || tail(result.stdout) || result.error}`);
  say(`Packages are installed (${seconds(begun)}).`);
}

function schemaHash() {
  const folder = place("prisma/schema");
  const hash = createHash("sha256").update(readVersion("prisma"));
  for (const name of fs.readdirSync(folder).sort()) {
    hash.update(name).update(fs.readFileSync(path.join(folder, name)));
  }
  return hash.digest("hex");
}

function readVersion(name) {
  return JSON.parse(fs.readFileSync(place("node_modules", name, "package.json"), "utf8")).version;
}

function stampFile() {
  return place("prisma/generated/.schema-hash");
}

function isClientGenerated() {
  return fs.existsSync(stampFile()) && fs.readFileSync(stampFile(), "utf8") === schemaHash();
}

function generateClient() {
  const command = [place("node_modules/prisma/build/index.js"), "generate"];
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" };
  const result = spawnSync(place("node_modules/.bin/node"), command, { cwd: root, encoding: "utf8", env });
  if (result.status !== 0) stop(`prisma generate failed:\n${tail(result.stdout)}${tail(result.stderr)}`);
  fs.writeFileSync(stampFile(), schemaHash());
}

/** npm says what is wrong first, and then how it is used. */
function head(text) {
  return (text ?? "").split("\n").slice(0, 40).join("\n");
}

function tail(text) {
  return (text ?? "").split("\n").slice(-30).join("\n");
}

function seconds(begun) {
  return `${Math.round((Date.now() - begun) / 1000)} s`;
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

function stop(text) {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
