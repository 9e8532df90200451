import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { parseFaults } from "./kubevirt/control";
import type { Json } from "./kubevirt/json";
import type { KubevirtLab } from "./kubevirt/server";
import { startKubevirtLab } from "./kubevirt/server";

const { values: flags } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    host: { type: "string", default: "127.0.0.1" },
    name: { type: "string", default: "lab" },
    state: { type: "string" },
    speed: { type: "string", default: "1" },
    qemu: { type: "boolean", default: false },
    fault: { type: "string", multiple: true, default: [] },
    kubeconfig: { type: "string" },
    "with-parent": { type: "boolean", default: false },
  },
});

const lab = await startKubevirtLab({
  port: Number(flags.port),
  host: flags.host,
  name: flags.name,
  clockSpeed: Number(flags.speed),
  qemu: flags.qemu,
  ...(flags.state !== undefined && { stateDirectory: flags.state }),
});
lab.control.faults.set(...flags.fault.flatMap((text) => parseFaults(readFault(text))));
if (flags.kubeconfig !== undefined) writeFileSync(flags.kubeconfig, lab.kubeconfig, { mode: 0o600 });
endWithSignals(lab);
announce(lab);

function announce({ url, hasRealGuests }: KubevirtLab): void {
  const note =
    flags.qemu && !hasRealGuests
      ? "qemu-system-x86_64 is not installed: consoles show a drawn picture"
      : undefined;
  const line = {
    ready: true,
    url,
    kubeconfig: flags.kubeconfig ?? null,
    guests: hasRealGuests ? "qemu" : "picture",
    note,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** `latencyMs=200` or `status=429,retryAfterSeconds=2,path=virtualmachines,times=3` or `virtApiDown`. */
function readFault(text: string): Json {
  const members = text.split(",").map((member): [string, Json] => {
    const [name = "", ...rest] = member.split("=");
    const value = rest.join("=");
    if (rest.length === 0) return [name, true];
    return [name, /^\d+$/.test(value) ? Number(value) : value];
  });
  return Object.fromEntries(members);
}

function endWithSignals(running: KubevirtLab): void {
  const end = () => {
    setTimeout(() => process.exit(0), 800).unref();
    void running.stop().finally(() => process.exit(0));
  };
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  if (!flags["with-parent"]) return;
  process.once("disconnect", end);
  process.stdin.on("end", end).on("close", end).resume();
}
