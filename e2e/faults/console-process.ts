import { z } from "zod";
import { builtProcess } from "./built-processes";
import { startChild, type Child } from "./child-process";

export interface ConsoleProcess extends Child {
  /** Where it takes files. */
  url: string;
}

const readyLine = z.looseObject({ port: z.number() });

/** A real console process on this process's database, with its own or somebody's former disk. */
export async function startConsoleProcess(uploadFolder: string): Promise<ConsoleProcess> {
  const child = startChild(await builtProcess("console"), [], {
    DATABASE_URL: process.env["DATABASE_URL"] ?? "",
    CONSOLE_PORT: "0",
    UPLOAD_DIR: uploadFolder,
    LOG_LEVEL: "info",
  });
  const { port } = readyLine.parse(JSON.parse(await child.lineMatching(/"console is ready"/)));
  return { ...child, url: `http://127.0.0.1:${port}` };
}
