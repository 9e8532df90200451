import { parseArgs } from "node:util";
import type { DirectoryLab, DirectoryNews } from "./server";
import { startDirectoryLab } from "./server";

const { values: flags } = parseArgs({
  options: {
    state: { type: "string" },
    "redirect-uri": { type: "string", multiple: true, default: [] },
    "with-parent": { type: "boolean", default: false },
  },
});
if (flags.state === undefined)
  throw new Error("Usage: start.ts --state DIR [--redirect-uri URL …] [--with-parent]");

const redirectUris = flags["redirect-uri"];
const lab = await startDirectoryLab({
  stateFolder: flags.state,
  ...(redirectUris.length > 0 && { client: { redirectUris } }),
});
endWithSignals(lab);
announce(lab);

/** One line of JSON, passwords included: for the program that started this one. */
function announce({ stop: _stop, control, ...news }: DirectoryLab): void {
  const line: DirectoryNews & { ready: true } = { ready: true, ...news, control: { url: control.url } };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function endWithSignals(running: DirectoryLab): void {
  const end = () => {
    setTimeout(() => process.exit(0), 4_000).unref();
    void running.stop().finally(() => process.exit(0));
  };
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  if (!flags["with-parent"]) return;
  process.once("disconnect", end);
  process.stdin.on("end", end).on("close", end).resume();
}
