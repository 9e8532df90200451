import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkLockIsWhole } from "@/e2e/structure/check-lock-is-whole";

const root = path.resolve(import.meta.dirname, "..");
const CONFIGURATION = ["package.json", "package-lock.json", "tsconfig.json"];
let copy: string;
let importProblems: string;
let structureProblems: string;

const planted: Record<string, string> = {
  "lib/vms/helpers.ts": "export const two = 2;\n",
  "components/shell/string-utils.ts": "export const three = 3;\n",
  "app/planted/page.tsx": 'import { db } from "@/lib/core/db";\nexport default () => String(db());\n',
  "lib/clusters/update-colour.ts": `import { inTransaction } from "@/lib/core/transaction";
export const updateColour = () => inTransaction(async (tx) => tx.cluster.deleteMany());\n`,
  "lib/vms/start-engine.ts":
    'import { root } from "@/e2e/run-step";\nexport const startEngine = () => root;\n',
  "lib/systems/update-alone.ts":
    'import { lockVm } from "@/lib/vms/store";\nexport const updateAlone = () => lockVm;\n',
  "lib/vocabulary/colours.ts": 'import { db } from "@/lib/core/db";\nexport const colours = [db];\n',
  "components/vms/planted-row.tsx":
    'import { db } from "@/lib/core/db";\nexport const PlantedRow = () => String(db());\n',
  "app/actions/planted.ts": '"use server";\nexport async function plant() {\n  return 1;\n}\n',
  "app/api/v1/planted/route.ts": "export const GET = () => new Response();\n",
  "lib/systems/read-flag.ts": 'export const readFlag = () => process.env["FLAG"];\n',
  "lib/systems/open-door.ts": "export const closeDoor = 1;\n",
};

beforeAll(() => {
  copy = fs.mkdtempSync(path.join(os.tmpdir(), "shepherd-planted-"));
  for (const name of ["app", "components", "lib", "prisma", "e2e", ...CONFIGURATION]) {
    fs.cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
  }
  fs.symlinkSync(path.join(root, "node_modules"), path.join(copy, "node_modules"));
  for (const [name, text] of Object.entries(planted)) {
    fs.mkdirSync(path.dirname(path.join(copy, name)), { recursive: true });
    fs.writeFileSync(path.join(copy, name), text);
  }
  importProblems = runStepIn(copy, "imports");
  structureProblems = runStepIn(copy, "structure");
}, 60_000);

afterAll(() => fs.rmSync(copy, { recursive: true, force: true }));

/** One step of `npm run check`, in the copy; it has to fail, and answers what it said. */
function runStepIn(folder: string, name: string): string {
  try {
    const env = { ...process.env, NO_COLOR: "1", VITEST: undefined, VITEST_POOL_ID: undefined };
    const words = ["--import", "tsx", "e2e/run-check.ts", name];
    execFileSync(process.execPath, words, { cwd: folder, env, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    if (error instanceof Error && "stdout" in error) return String(error.stdout);
    throw error;
  }
  throw new Error(`${name} passed with planted violations`);
}

test("a file named helpers.ts, or any part of a name that says nothing, fails the check", () => {
  expect(structureProblems).toContain("lib/vms/helpers.ts: ");
  expect(structureProblems).toContain("components/shell/string-utils.ts: ");
});

test("a page that imports the database fails the check", () => {
  expect(importProblems).toContain("doors-hold-no-sql: app/planted/page.tsx → lib/core/db.ts");
});

test("a use case without permission or audit record fails the check", () => {
  expect(structureProblems).toContain("lib/clusters/update-colour.ts: opens a transaction without authorize");
  expect(structureProblems).toContain(
    "lib/clusters/update-colour.ts: opens a transaction without recordAudit",
  );
});

test("an import from e2e in the product fails the check", () => {
  expect(importProblems).toContain("product-never-sees-e2e: lib/vms/start-engine.ts → e2e/run-step.ts");
});

test("a room that uses a later room, or another room's store, fails the check", () => {
  expect(importProblems).toContain("order-of-systems: lib/systems/update-alone.ts → lib/vms/store.ts");
  expect(importProblems).toContain("store-is-private: lib/systems/update-alone.ts → lib/vms/store.ts");
});

test("words that import, and components that reach below their data, fail the check", () => {
  expect(importProblems).toContain("vocabulary-imports-nothing: lib/vocabulary/colours.ts → lib/core/db.ts");
  expect(importProblems).toContain(
    "components-see-pure-files: components/vms/planted-row.tsx → lib/core/db.ts",
  );
});

test("a door that its maker did not make fails the check", () => {
  expect(structureProblems).toContain("app/actions/planted.ts: plant is not made by defineAction");
  expect(structureProblems).toContain("app/api/v1/planted/route.ts: GET is not made by defineRoute");
});

test("a second reader of the environment, and a file that offers something else than its name, fail the check", () => {
  expect(structureProblems).toContain("lib/systems/read-flag.ts: reads process.env");
  expect(structureProblems).toContain("lib/systems/open-door.ts: exports no openDoor");
});

test("a lock file without the build that another platform needs fails the check", () => {
  const asking = { optionalDependencies: { "@tool/linux": "1.0.0", "@tool/windows": "1.0.0" } };
  const packages = {
    "": {},
    "node_modules/tool": asking,
    "node_modules/@tool/linux": {},
    "node_modules/@other/host/node_modules/tool": asking,
    "node_modules/@other/host/node_modules/@tool/windows": {},
  };
  expect(checkLockIsWhole(packages)).toEqual([
    "node_modules/tool may ask for @tool/windows, which is not locked",
  ]);
});
