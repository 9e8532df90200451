import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const folder = path.resolve(import.meta.dirname, "scenarios");
const names = fs
  .readdirSync(folder)
  .flatMap((file) => (/^[a-z-]+\.ts$/.test(file) ? [file.slice(0, -3)] : []));
const [name, ...options] = process.argv.slice(2);

if (!name || !names.includes(name)) {
  console.error(`Usage: npm run scenario NAME\nNames: ${names.join(", ")}`);
  process.exit(2);
}
if (!process.env["DATABASE_URL"]) {
  console.error("Nothing runs here: npm run up first, or set DATABASE_URL.");
  process.exit(1);
}
const child = spawn(process.execPath, ["--import", "tsx", path.join(folder, `${name}.ts`), ...options], {
  stdio: "inherit",
});
child.once("exit", (code) => process.exit(code ?? 1));
