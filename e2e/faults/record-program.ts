import { setTimeout as sleep } from "node:timers/promises";
import { openRecorder } from "@/lib/processes/console/recording";

/** Records until it is killed: line after line of a terminal that counts. */
const [folder = "", id = "", contentKey = ""] = process.argv.slice(2);
const recorder = openRecorder({ id, consoleType: "serial", contentKey }, () => undefined, { folder });

for (let line = 0; ; await sleep(1)) {
  // Some half a megabyte each time, so that a chunk is always on its way to the disk.
  const lines = Array.from({ length: 20_000 }, () => `line ${String((line += 1)).padStart(12, "0")}\n`);
  recorder.fromServer(Buffer.from(lines.join("")));
}
