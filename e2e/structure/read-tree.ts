import fs from "node:fs";
import path from "node:path";

export interface SourceFile {
  /** From the root, with forward slashes. */
  path: string;
  text: string;
}

const FOLDERS = ["app", "components", "lib", "prisma", "e2e"];
const SKIPPED = /^prisma\/(generated|migrations)$/;
const CODE = /\.(tsx?|mjs|cjs)$/;

/** Every file of code that people wrote. */
export function readTree(root: string): SourceFile[] {
  return FOLDERS.flatMap((folder) => listFiles(root, folder)).map((file) => ({
    path: file,
    text: fs.readFileSync(path.join(root, file), "utf8"),
  }));
}

function listFiles(root: string, folder: string): string[] {
  if (SKIPPED.test(folder) || !fs.existsSync(path.join(root, folder))) return [];
  return fs.readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const place = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return listFiles(root, place);
    return CODE.test(entry.name) ? [place] : [];
  });
}
