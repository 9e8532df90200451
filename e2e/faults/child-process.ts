import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";

export interface Child {
  pid: number;
  /** What it has said on standard output so far. */
  lines: string[];
  /** The first line, said or still to be said, that fits. */
  lineMatching(pattern: RegExp): Promise<string>;
  signal(name: NodeJS.Signals): void;
  ended: Promise<void>;
}

/** A program of the repository in a process of its own, which ends with this one at the latest. */
export function startChild(file: string, flags: string[], env: Record<string, string>): Child {
  // A built program is up in a third of the time.
  const loading = file.endsWith(".mjs") ? ["--enable-source-maps"] : ["--import", "tsx"];
  const child = spawn(process.execPath, [...loading, file, ...flags], {
    env: { PATH: process.env["PATH"] ?? "", NODE_ENV: "test", ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const endWithUs = () => child.kill("SIGKILL");
  process.once("exit", endWithUs);
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  void ended.then(() => process.off("exit", endWithUs));
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const tell = () => waiting.forEach((look) => look());
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on("line", (line) => {
      lines.push(line);
      tell();
    });
  }
  return {
    pid: requirePid(child),
    lines,
    signal: (name) => void child.kill(name),
    ended,
    lineMatching: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.find((line) => pattern.test(line));
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        void ended.then(() =>
          reject(new Error(`${file} ended before it said ${pattern}:\n${lines.join("\n")}`)),
        );
        look();
      }),
  };
}

function requirePid(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error("the process could not be started");
  return child.pid;
}
