import path from "node:path";
import { expect, test } from "vitest";
import { parseFile, type ParsedFile } from "@/e2e/structure/parse-file";
import { readTree } from "@/e2e/structure/read-tree";
import { baseRooms, partRooms } from "./client-rooms";

const root = path.resolve(import.meta.dirname, "../..");
const files = new Map(readTree(root).map((file) => [file.path, parseFile(file)]));
const entries = [...files.keys()].filter((file) =>
  /^app\/.*(page|layout|loading|error|not-found)\.tsx$/.test(file),
);

test("every page's scripts find the messages they ask for", () => {
  const missing = entries.flatMap((entry) => {
    const brought = new Set<string>(roomsBroughtTo(entry));
    return [...roomsNeededBy(entry)]
      .filter((room) => !brought.has(room))
      .map((room) => `${entry} needs ${room}`);
  });
  expect(missing).toEqual([]);
});

test("no part brings along what none of its pages asks for", () => {
  const unused = Object.entries(partRooms).flatMap(([part, rooms]) => {
    const needed = new Set(
      entries.filter((entry) => entry.startsWith(`${part}/`)).flatMap((entry) => [...roomsNeededBy(entry)]),
    );
    return rooms.filter((room) => !needed.has(room)).map((room) => `${part} brings ${room}`);
  });
  expect(unused).toEqual([]);
});

test("the needs of pages are found at all", () => {
  expect(roomsNeededBy("app/(portal)/vms/[id]/console/page.tsx")).toContain("console");
});

function roomsBroughtTo(entry: string): string[] {
  const parts = Object.entries(partRooms).filter(([part]) => entry.startsWith(`${part}/`));
  return [...baseRooms, ...parts.flatMap(([, rooms]) => [...rooms])];
}

/** Follows imports, lazy ones too; from a file of the browser on, everything it imports runs there. */
function roomsNeededBy(entry: string): Set<string> {
  const needed = new Set<string>();
  const seen = new Set<string>();
  const visit = (name: string, inBrowser: boolean) => {
    const file = files.get(name);
    const isKnown = seen.has(`${name} ${inBrowser}`);
    if (isKnown || file === undefined || !/^(app|components)\//.test(name) || name.startsWith("app/actions/"))
      return;
    seen.add(`${name} ${inBrowser}`);
    const runsInBrowser = inBrowser || file.text.startsWith('"use client"');
    if (runsInBrowser) for (const room of roomsNamedIn(file)) needed.add(room);
    for (const next of importsOf(file)) visit(next, runsInBrowser);
  };
  visit(entry, false);
  return needed;
}

function roomsNamedIn({ text }: ParsedFile): string[] {
  return [...text.matchAll(/useTranslations\("([a-z]+)/g)].flatMap(([, room]) => room ?? []);
}

function importsOf(file: ParsedFile): string[] {
  const lazy = [...file.text.matchAll(/import\("([^"]+)"\)/g)].flatMap(([, from]) => from ?? []);
  return [...new Set([...file.imports.values(), ...lazy])].flatMap((from) => {
    const place = from.startsWith("@/")
      ? from.slice(2)
      : path.posix.join(path.posix.dirname(file.path), from);
    return [`${place}.tsx`, `${place}.ts`].filter((name) => files.has(name));
  });
}
