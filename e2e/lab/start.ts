import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { parseFaults } from "./kubevirt/control";
import { readPlace } from "./kubevirt/inventories";
import type { Json } from "./kubevirt/json";
import type { KubevirtLab } from "./kubevirt/server";
import { startKubevirtLab } from "./kubevirt/server";
import { startMailboxLab } from "./mailbox/server";
import { measuredMachines } from "./kubevirt/metrics/measured-machines";
import { startPrometheusLab } from "./prometheus/server";

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
    inventory: { type: "string", default: "first" },
    "import-seconds": { type: "string" },
    "second-inventory": { type: "string" },
    "second-port": { type: "string", default: "0" },
    "second-state": { type: "string" },
    "second-kubeconfig": { type: "string" },
    /** A folder; without it no mail server and no place for chats' messages is started. */
    mailbox: { type: "string" },
    /** A folder; without it nobody measures the first cluster's machines. */
    prometheus: { type: "string" },
    "with-parent": { type: "boolean", default: false },
  },
});

const lab = await startPlace({
  name: flags.name,
  inventory: flags.inventory,
  port: flags.port,
  state: flags.state,
  kubeconfig: flags.kubeconfig,
});
lab.control.faults.set(...flags.fault.flatMap((text) => parseFaults(readFault(text))));
const secondInventory = flags["second-inventory"];
const second =
  secondInventory === undefined
    ? undefined
    : await startPlace({
        name: secondInventory,
        inventory: secondInventory,
        port: flags["second-port"],
        state: flags["second-state"],
        kubeconfig: flags["second-kubeconfig"],
      });
const mailbox =
  flags.mailbox === undefined ? undefined : await startMailboxLab({ stateFolder: flags.mailbox });
const prometheus =
  flags.prometheus === undefined
    ? undefined
    : await startPrometheusLab({
        stateFolder: flags.prometheus,
        machines: () => measuredMachines(lab.control.objects("vmi")),
      });
endWithSignals([lab, second, mailbox, prometheus].filter((one) => one !== undefined));
announce();

interface PlaceFlags {
  name: string;
  inventory: string;
  port: string;
  state: string | undefined;
  kubeconfig: string | undefined;
}

/** A cluster with the hardware and the KubeVirt of its inventory. */
async function startPlace({ name, inventory, port, state, kubeconfig }: PlaceFlags): Promise<KubevirtLab> {
  const started = await startKubevirtLab({
    ...readPlace(inventory),
    name,
    port: Number(port),
    host: flags.host,
    clockSpeed: Number(flags.speed),
    qemu: flags.qemu,
    ...(state !== undefined && { stateDirectory: state }),
  });
  const seconds = flags["import-seconds"];
  if (seconds !== undefined) started.control.imports.takeSeconds(Number(seconds));
  if (kubeconfig !== undefined) writeFileSync(kubeconfig, started.kubeconfig, { mode: 0o600 });
  return started;
}

function announce(): void {
  const { url, hasRealGuests } = lab;
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
    ...(second && {
      second: { name: secondInventory, url: second.url, kubeconfig: flags["second-kubeconfig"] ?? null },
    }),
    ...(mailbox && {
      mailbox: {
        ...{ smtp: mailbox.smtp, hooks: mailbox.hooks, control: mailbox.control },
        caCertificate: mailbox.caCertificate,
      },
    }),
    ...(prometheus && {
      prometheus: {
        ...{ url: prometheus.url, token: prometheus.token },
        caCertificate: prometheus.caCertificate,
      },
    }),
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

function endWithSignals(running: { stop(): Promise<void> }[]): void {
  const end = () => {
    setTimeout(() => process.exit(0), 800).unref();
    void Promise.all(running.map((one) => one.stop())).finally(() => process.exit(0));
  };
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  if (!flags["with-parent"]) return;
  process.once("disconnect", end);
  process.stdin.on("end", end).on("close", end).resume();
}
