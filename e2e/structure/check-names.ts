import type { ParsedFile } from "./parse-file";
import { emptyNames, emptyWords, ownNouns, roomNouns, rooms, verbs } from "./words";

const TEST = /\.(test|spec)\.tsx?$/;
// A factory is named after the row it makes, and a service is a thing of the business.
const ROW_FACTORY = /^e2e\/factories\//;

export function checkNames(files: ParsedFile[]): string[] {
  return files
    .filter((file) => !TEST.test(file.path))
    .flatMap((file) => [...checkEmptyWords(file.path), ...checkRoomName(file.path), ...checkOffer(file)]);
}

function baseName(path: string): string {
  return path.replace(/^.*\//, "").replace(/(\.handler|\.rules|\.config|\.d)?\.[a-z]+$/, "");
}

function checkEmptyWords(path: string): string[] {
  const base = baseName(path);
  const empty = base.split(/[-.]/).find((word) => emptyWords.includes(word));
  if (empty) return [`${path}: "${empty}" does not say what the file does`];
  if (emptyNames.includes(base) && !ROW_FACTORY.test(path))
    return [`${path}: "${base}" does not say what the file does`];
  return base === base.toLowerCase() || path.startsWith("app/") ? [] : [`${path}: file names are lower case`];
}

function roomOf(path: string): string | undefined {
  const room = /^lib\/([^/]+)\//.exec(path)?.[1];
  return room && rooms.includes(room) ? room : undefined;
}

function checkRoomName(path: string): string[] {
  const room = roomOf(path);
  if (!room || !path.endsWith(".ts")) return [];
  const base = baseName(path);
  if (roomNouns.includes(base) || ownNouns[room]?.includes(base) || isVerbNoun(base)) return [];
  return [`${path}: not in the vocabulary of a room (verb-noun, or one of ${roomNouns.join(", ")})`];
}

function isVerbNoun(base: string): boolean {
  return verbs.some((verb) => base.startsWith(`${verb}-`));
}

/** The file is named after the function it offers. */
function checkOffer(file: ParsedFile): string[] {
  const base = baseName(file.path);
  if (!roomOf(file.path) || !isVerbNoun(base)) return [];
  const wanted = base.replace(/-([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
  const accepted = [wanted, `${wanted}s`, ...(file.path.endsWith(".handler.ts") ? [`${wanted}Handler`] : [])];
  const isOffered = file.exports.some(({ name, isType }) => !isType && accepted.includes(name));
  return isOffered ? [] : [`${file.path}: exports no ${wanted}`];
}
