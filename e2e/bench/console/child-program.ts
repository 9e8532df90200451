import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";

const ticksPerSecond = 100;

/** A program of its own, so that what it costs can be told from what measuring costs. */
export class ChildProgram {
  readonly #child: ChildProcess;

  constructor(file: string, words: string[] = [], environment: Record<string, string> = {}) {
    this.#child = fork(path.resolve(file), words, {
      execArgv: file.endsWith(".mjs") ? [] : ["--import", "tsx"],
      env: { ...process.env, ...environment },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
  }

  /** What the program says first. */
  async news(): Promise<unknown> {
    const [message] = await once(this.#child, "message");
    return message;
  }

  cpuSeconds(): number {
    const fields = this.#read("stat")
      .replace(/^.*\) /, "")
      .split(" ");
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  }

  residentBytes(): number {
    return Number(/VmRSS:\s+(\d+) kB/.exec(this.#read("status"))?.[1]) * 1024;
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGTERM");
    await ended;
  }

  #read(name: string): string {
    return fs.readFileSync(`/proc/${this.#child.pid}/${name}`, "utf8");
  }
}
