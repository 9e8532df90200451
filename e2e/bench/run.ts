import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const parts = new Set(["run", "invariants"]);
const names = fs
  .readdirSync(import.meta.dirname)
  .flatMap((file) => (/^[a-z-]+\.ts$/.test(file) ? [file.slice(0, -3)] : []))
  .filter((name) => !parts.has(name));
const [name, ...options] = process.argv.slice(2);

if (!name || !names.includes(name)) {
  console.error(`Usage: npm run bench -- NAME\nNames: ${names.join(", ")}`);
  process.exit(2);
}
const file = path.join(import.meta.dirname, `${name}.ts`);
const child = spawn(process.execPath, ["--import", "tsx", file, ...options], { stdio: "inherit" });
child.once("exit", (code) => process.exit(code ?? 1));
