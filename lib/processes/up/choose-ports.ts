import { randomInt } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import { z } from "zod";
import { type DataFolder, readJson } from "./data-folder";
import type { UpOptions } from "./read-options";

const portsSchema = z.object({
  web: z.number(),
  console: z.number(),
  worker: z.number(),
  lab: z.number(),
  /** A file that does not name it is taken too. */
  secondLab: z.number().default(6444),
  postgres: z.number(),
});

export type Ports = z.output<typeof portsSchema>;

const usual: Ports = { web: 3000, console: 3001, worker: 3002, lab: 6443, secondLab: 6444, postgres: 0 };
/** Below what systems give away by themselves, so that nobody is given a port before its process listens on it. */
const ownPorts = { from: 20_000, to: 32_767 };
const drawsMax = 100;
const purposes = ["web", "console", "worker", "lab", "secondLab", "postgres"] as const;

/** The usual ports; where one is taken, the next free one, and a note about it. */
export async function choosePorts(
  options: UpOptions,
  data: DataFolder,
): Promise<{ ports: Ports; notes: string[] }> {
  const wanted = wantedPorts(options, data);
  const ports = { ...wanted };
  const notes: string[] = [];
  const spoken = new Set(Object.values(wanted));
  for (const purpose of purposes) {
    const host = purpose === "web" ? options.host : "127.0.0.1";
    ports[purpose] = await findPort(wanted[purpose], host, spoken);
    spoken.add(ports[purpose]);
    if (!wanted[purpose] || ports[purpose] === wanted[purpose]) continue;
    notes.push(`Port ${wanted[purpose]} (${purpose}) is taken; using ${ports[purpose]}.`);
  }
  if (!options.anyPorts) fs.writeFileSync(data.ports, JSON.stringify(ports));
  return { ports, notes };
}

function wantedPorts(options: UpOptions, data: DataFolder): Ports {
  if (options.anyPorts)
    return { web: options.port ?? 0, console: 0, worker: 0, lab: 0, secondLab: 0, postgres: 0 };
  const stored = portsSchema.safeParse(readJson(data.ports));
  const last = stored.success ? stored.data : usual;
  // A cluster is registered by its address, so the lab comes back at the same ones.
  return {
    ...usual,
    lab: last.lab,
    secondLab: last.secondLab,
    postgres: last.postgres,
    web: options.port ?? usual.web,
  };
}

async function findPort(wanted: number, host: string, spoken: Set<number>): Promise<number> {
  if (wanted && (await tryListen(wanted, host))) return wanted;
  for (let port = wanted + 1; wanted && port < Math.min(wanted + 100, 65536); port++) {
    if (!spoken.has(port) && (await tryListen(port, host))) return port;
  }
  for (let draws = 0; draws < drawsMax; draws++) {
    const port = randomInt(ownPorts.from, ownPorts.to + 1);
    if (!spoken.has(port) && (await tryListen(port, host))) return port;
  }
  return tryListen(0, host);
}

/** The port that could be listened on, or 0. */
async function tryListen(port: number, host: string): Promise<number> {
  const listener = net.createServer();
  try {
    listener.listen({ port, host, exclusive: true });
    await once(listener, "listening");
    const address = listener.address();
    return typeof address === "object" && address ? address.port : 0;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") return 0;
    if (error instanceof Error && "code" in error && error.code === "EACCES") return 0;
    throw error;
  } finally {
    listener.close();
  }
}
