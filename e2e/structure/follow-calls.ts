import path from "node:path";
import type { ParsedFile } from "./parse-file";

/** Everything a file's functions call, through the functions of the product that they call in turn. */
export function followCalls(start: ParsedFile, files: Map<string, ParsedFile>): Set<string> {
  const reached = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: ParsedFile, name: string) => {
    const key = `${file.path}#${name}`;
    if (seen.has(key)) return;
    seen.add(key);
    for (const called of file.functions.get(name) ?? []) {
      reached.add(called);
      if (file.functions.has(called)) visit(file, called);
      const target = resolveImport(file, called, files);
      if (target) visit(target, called);
    }
  };
  for (const name of start.functions.keys()) visit(start, name);
  return reached;
}

export function resolveImport(
  file: ParsedFile,
  name: string,
  files: Map<string, ParsedFile>,
): ParsedFile | undefined {
  const from = file.imports.get(name);
  if (!from) return undefined;
  const place = from.startsWith("@/") ? from.slice(2) : path.posix.join(path.posix.dirname(file.path), from);
  return files.get(`${place}.ts`) ?? files.get(`${place}.tsx`);
}
