import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { z } from "zod";

const answer = z.object({ id: z.number(), value: z.unknown(), error: z.string().optional() });

/** A program of its own that answers questions, so that what it costs can be told from what measuring costs. */
export class AskedProgram {
  readonly #child: ChildProcess;
  readonly #gone: Promise<never>;
  #asked = 0;
  readonly #waiting = new Map<number, (message: z.output<typeof answer>) => void>();

  constructor(file: string, environment: Record<string, string> = {}) {
    this.#child = fork(path.join(import.meta.dirname, file), [], {
      execArgv: ["--expose-gc", "--import", "tsx"],
      env: { ...process.env, LOG_LEVEL: "error", ...environment },
    });
    this.#child.on("message", (message) => {
      const parsed = answer.parse(message);
      this.#waiting.get(parsed.id)?.(parsed);
      this.#waiting.delete(parsed.id);
    });
    this.#gone = once(this.#child, "exit").then(([code]) => {
      throw new Error(`the program ${file} ended with ${String(code)}`);
    });
    // Whoever asks hears of it; an end that nobody waits on is no trouble.
    this.#gone.catch(() => undefined);
  }

  async ask<Answer extends z.ZodType>(
    question: string,
    answers: Answer,
    input: unknown = null,
  ): Promise<z.output<Answer>> {
    this.#asked += 1;
    const id = this.#asked;
    const answered = new Promise<z.output<typeof answer>>((resolve) => this.#waiting.set(id, resolve));
    this.#child.send({ id, question, input });
    const { value, error } = await Promise.race([answered, this.#gone]);
    if (error !== undefined) throw new Error(`${question}: ${error}`);
    return answers.parse(value);
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.disconnect();
    await ended;
  }
}
